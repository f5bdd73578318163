import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
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

/** Answers that are being written right now. */
function openAnswers(): Set<ServerResponse> {
  return once("process.answers", () => {
    const open = new Set<ServerResponse>();
    subscribe("http.server.request.start", (message) => {
      const { response } = message as { response: ServerResponse };
      open.add(response);
      response.once("close", () => open.delete(response));
    });
    return open;
  });
}

const LAST_ANSWERS_MS = 5_000;

/**
 * On SIGTERM or SIGINT: ends streams, runs `drain`, lets the last answers be written, and exits. Next is told by
 * NEXT_MANUAL_SIG_HANDLE to leave this to us: by itself it exits before a turn's lease is given back. A second signal
 * ends the process at once.
 */
export function onStop(drain: () => Promise<void>): void {
  openAnswers();
  const stop = async () => {
    if (stopping().aborted) {
      return;
    }
    controller().abort();
    await drain();
    const until = Date.now() + LAST_ANSWERS_MS;
    while (openAnswers().size > 0 && Date.now() < until) {
      await pause(20);
    }
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}
