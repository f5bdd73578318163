import { closeServers, lastAnswers, refuseRequests, watchRequests } from "./drain";
import { newId } from "./id";
import { once } from "./once";

/** Names this process. Start-up, a page, an action and a route must all read one value, or process-wide state is not. */
export function processId(): string {
  return once("process.id", newId);
}

/** Rises when this process was told to end: long answers (streams) stop, so that it can. */
export function stopping(): AbortSignal {
  return controller().signal;
}

function controller(): AbortController {
  return once("process.stopping", () => new AbortController());
}

const LAST_ANSWERS_MS = 4_000;
const LAST_REFUSALS_MS = 500;
/** However long anything takes, the process is gone after this. */
const BOUND_MS = 9_500;

/** What a process does when it ends, in this order. */
export type Drain = {
  /** Gives back what others can go on with, at once. */
  giveBack: () => Promise<void>;
  /** Closes what the last answers still needed. */
  close: () => Promise<void>;
  /** Says how it went. */
  ended: (whole: boolean) => void;
};

/**
 * On SIGTERM or SIGINT: refuses new requests (503), ends streams, whose readers go on elsewhere, gives turns and jobs
 * back, lets the last answers be written, and exits with 0 within ten seconds. Next is told by NEXT_MANUAL_SIG_HANDLE to
 * leave this to us: by itself it exits before a turn's lease is given back. A second signal ends the process at once.
 */
export function onStop(drain: Drain): void {
  watchRequests();
  const stop = async () => {
    if (stopping().aborted) {
      return;
    }
    setTimeout(() => exit(drain, false), BOUND_MS).unref();
    refuseRequests();
    controller().abort();
    await Promise.allSettled([drain.giveBack(), lastAnswers(LAST_ANSWERS_MS)]);
    await Promise.allSettled([drain.close()]);
    await closeServers(LAST_REFUSALS_MS);
    exit(drain, true);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

function exit(drain: Drain, whole: boolean): never {
  drain.ended(whole);
  process.exit(0);
}
