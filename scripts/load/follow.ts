import http from "node:http";
import { StreamEvent } from "@/lib/conversation/schema";
import type { Person } from "./person";

/** How a reading of the stream ended. */
export type End = { status: number | null; events: number };

/**
 * Reads a conversation's stream until it ends, breaks, says nothing for `silentMs`, or `signal` says so; each event is
 * handed on as it comes. Never throws: whoever follows reconnects.
 */
export function readStream(
  person: Person,
  { conversationId, after }: { conversationId: string; after: number },
  onEvent: (event: StreamEvent, at: number) => void,
  options: { signal: AbortSignal; silentMs?: number },
): Promise<End> {
  const { signal, silentMs = 45_000 } = options;
  return new Promise((resolve) => {
    const end: End = { status: null, events: 0 };
    const finish = () => {
      signal.removeEventListener("abort", stop);
      resolve(end);
    };
    const request = http.get(
      {
        host: person.site.hostname,
        port: person.site.port,
        path: `/api/stream/${conversationId}?after=${after}`,
        headers: { ...person.headers(), accept: "text/event-stream" },
        agent: false,
      },
      (answer) => {
        end.status = answer.statusCode ?? null;
        const take = reader((event) => {
          end.events += 1;
          onEvent(event, performance.now());
        });
        answer.setEncoding("utf8").on("data", answer.statusCode === 200 ? take : () => undefined);
        answer.once("error", finish);
        answer.once("close", finish);
      },
    );
    const stop = () => void request.destroy();
    request.setTimeout(silentMs, stop);
    request.once("error", finish);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
}

/** Puts events together from the pieces of a stream. */
export function reader(onEvent: (event: StreamEvent) => void): (piece: string) => void {
  let held = "";
  return (piece) => {
    held += piece;
    const blocks = held.split("\n\n");
    held = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data: "))
        .map((line) => line.slice(6))
        .join("\n");
      if (data !== "") {
        onEvent(StreamEvent.parse(JSON.parse(data)));
      }
    }
  };
}
