/**
 * How long an endpoint asks to be left alone, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as an
 * HTTP date. Null when it does not say, or says nonsense.
 */
export function readRetryAfter(headers: unknown, nowMs: number): number | null {
  if (!(headers instanceof Headers)) {
    return null;
  }
  const exact = positive(headers.get("retry-after-ms"), 1);
  if (exact !== null) {
    return exact;
  }
  const said = headers.get("retry-after");
  const seconds = positive(said, 1_000);
  if (seconds !== null || said === null) {
    return seconds;
  }
  // A bare number that is no number of seconds must not be read as a year.
  const at = /[A-Za-z]/.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

function positive(text: string | null, factor: number): number | null {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) * factor : null;
}
