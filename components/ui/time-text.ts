const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "5 minutes ago", seen from `nowMs`; under 45 seconds either way it is now. */
export function relativeTime(at: string, nowMs: number): string {
  const seconds = (Date.parse(at) - nowMs) / 1000;
  if (Number.isNaN(seconds)) {
    return at;
  }
  if (Math.abs(seconds) < 45) {
    return "just now";
  }
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  const count = Math.trunc(seconds / size) || Math.sign(seconds);
  return relative.format(count, unit);
}

const shapes: Record<"date" | "full", Intl.DateTimeFormatOptions> = {
  date: { day: "numeric", month: "short", year: "numeric" },
  full: {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  },
};

/** The moment itself, in a zone or in the reader's own. */
export function absoluteTime(at: string, shape: "date" | "full", timeZone?: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) {
    return at;
  }
  const options = timeZone === undefined ? shapes[shape] : { ...shapes[shape], timeZone };
  return new Intl.DateTimeFormat("en-GB", options).format(moment);
}
