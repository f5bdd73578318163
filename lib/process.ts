import { newId } from "./id";
import { once } from "./once";

/** Names this process. Start-up, a page, an action and a route must all read one value, or process-wide state is not. */
export function processId(): string {
  return once("process.id", newId);
}

/** Rises when this process was told to end: long answers (streams) stop, so that the server can close. */
export function stopping(): AbortSignal {
  return controller().signal;
}

function controller(): AbortController {
  return once("process.stopping", () => new AbortController());
}

/** Runs `end` once on SIGTERM or SIGINT, after every stream was told. */
export function onStop(end: () => Promise<void>): void {
  const stop = () => {
    if (!stopping().aborted) {
      controller().abort();
      void end();
    }
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
