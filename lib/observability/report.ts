import { log } from "./log";

type Where = { where: string; [id: string]: string | number | undefined };

/** Reports what nobody expected, with its chain of causes. Messages of databases may quote values, so only the first line stays. */
export function report(error: unknown, where: Where): void {
  log.error({ event: "unexpected", ...where, error: chainOf(error), stack: framesOf(error) });
}

function chainOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const first = `${error.name}: ${error.message.trim().split("\n").at(-1)?.slice(0, 300) ?? ""}`;
  return error.cause && depth < 3 ? `${first} ← ${chainOf(error.cause, depth + 1)}` : first;
}

function framesOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? "") : "";
  return frames
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(" | ");
}
