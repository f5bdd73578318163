const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "12 min", "3 h 05 min", "2 d 4 h": how long somebody has been waiting. */
export function waitText(sinceIso: string, nowMs: number): string {
  const waitedMs = Math.max(nowMs - Date.parse(sinceIso), 0);
  if (waitedMs < MINUTE_MS) {
    return "under a minute";
  }
  const minutes = Math.floor((waitedMs % HOUR_MS) / MINUTE_MS);
  const hours = Math.floor((waitedMs % DAY_MS) / HOUR_MS);
  const days = Math.floor(waitedMs / DAY_MS);
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours} h ${String(minutes).padStart(2, "0")} min` : `${minutes} min`;
}
