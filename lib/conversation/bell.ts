/** Something that rings when there may be news, and is looked after anyway: news that were missed are found later. */
export type Bell = {
  /** Resolves when it rang since the last wait, after `ms`, or when the reader left; true when it rang. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
  close(): void;
};

/** Listens from now on, so that a ring between two waits is not lost. */
export function newBell(...ears: ((ring: () => void) => () => void)[]): Bell {
  let rung = false;
  let wake: () => void = () => undefined;
  const ring = () => {
    rung = true;
    wake();
  };
  const leave = ears.map((hear) => hear(ring));
  return {
    async wait(ms, signal) {
      if (!(rung || signal.aborted)) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", done);
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener("abort", done);
          wake = done;
        });
      }
      const heard = rung;
      rung = false;
      return heard;
    },
    close() {
      for (const each of leave) {
        each();
      }
    },
  };
}
