import pino from "pino";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

/** A log line: an event's name, and ids, codes, counts and durations. Never text of a person. */
export type Line = { event: string } & Record<string, string | number | boolean | null | undefined>;

type Level = "debug" | "info" | "warn" | "error";

function logger(): pino.Logger {
  return once("log", () => pino({ level: env.LOG_LEVEL, base: null }));
}

function write(level: Level) {
  return (line: Line): void => {
    logger()[level](scrub(line));
  };
}

export const log = {
  debug: write("debug"),
  info: write("info"),
  warn: write("warn"),
  error: write("error"),
};

const LOOKS_PERSONAL =
  /[^\s@"'<>]{1,64}@[^\s@"'<>]{1,255}|\+?\d[\d\s().-]{7,18}\d|\b(?:sk|pk|key)-[\w-]{8,}/g;
// Ids and times are digits too, and they are what a log is for.
const IS_OURS = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d{4}-\d\d-\d\dT/i;

/** The last net: what looks like an address, a number or a key is masked even when somebody logged it by mistake. */
export function scrub(line: Line): Line {
  return Object.fromEntries(
    Object.entries(line).map(([key, value]) => [
      key,
      typeof value === "string" ? mask(value) : value,
    ]),
  ) as Line;
}

function mask(value: string): string {
  return IS_OURS.test(value) ? value : value.replaceAll(LOOKS_PERSONAL, "[masked]");
}
