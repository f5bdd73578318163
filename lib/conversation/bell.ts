/** What a wait ended with: it rang; and it was urgent, so that even what was asked a moment ago is asked again. */
export type Ring = { rang: boolean; urgent: boolean };

/** Something that rings when there may be news, and is looked after anyway: news that were missed are found later. */
export type Bell = {
  /** Resolves when it rang since the last wait, after `ms`, or when the reader left. */
  wait(ms: number, signal: AbortSignal): Promise<Ring>;
  /** Listens anew: what was asked of Redis while it was gone is not heard when it is back. */
  listenAgain(): void;
  close(): void;
};

type Ear = (ring: (urgent?: boolean) => void) => () => void;

/** Listens from now on, so that a ring between two waits is not lost. */
export function newBell(...ears: Ear[]): Bell {
  let heard: Ring = { rang: false, urgent: false };
  let wake: () => void = () => undefined;
  const ring = (urgent = false) => {
    heard = { rang: true, urgent: heard.urgent || urgent };
    wake();
  };
  const listen = () => ears.map((hear) => hear(ring));
  let leave = listen();
  const close = () => {
    for (const each of leave) {
      each();
    }
  };
  return {
    async wait(ms, signal) {
      if (!(heard.rang || signal.aborted)) {
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
      const answer = heard;
      heard = { rang: false, urgent: false };
      return answer;
    },
    listenAgain() {
      close();
      leave = listen();
    },
    close,
  };
}
