import { callWhenLate } from "@/lib/late";

/** Waits for a promise, a limit or the end of the turn, whichever comes first. */
export async function within<T>(
  work: Promise<T>,
  limitMs: number,
  late: () => Error,
  signal: AbortSignal,
): Promise<T> {
  let callOff: (() => void) | undefined;
  let stop: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    callOff = callWhenLate(limitMs, () => reject(late()));
    stop = () => reject(signal.reason);
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener("abort", stop, { once: true });
  });
  // Whichever loses the race still settles later; nobody is left to hear it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    callOff?.();
    if (stop) {
      signal.removeEventListener("abort", stop);
    }
  }
}

/** A pause that the end of the turn ends, with its reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const never = () => new Error("A pause cannot be late");
  await within(over, ms + 60_000, never, signal).finally(() => clearTimeout(timer));
}
