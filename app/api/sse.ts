import "server-only";
import { report } from "@/lib/observability";
import { stopping } from "@/lib/process";
import { refuse } from "./refuse";

type Event = { type: string; message?: { seq: number } };

type Source<E extends Event> = {
  request: Request;
  where: string;
  /** Asked at each heartbeat; false ends the stream. */
  stillStands: () => Promise<boolean>;
  events: (signal: AbortSignal) => AsyncIterable<E>;
  stalledMs?: number;
};

/** Who takes nothing for this long holds a place and gets nothing of it; one who is there again connects again. */
const STALLED_MS = 60_000;

const headers = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  Connection: "keep-alive",
  // nginx would hold the words back until its buffer is full.
  "X-Accel-Buffering": "no",
};

/**
 * Answers with server-sent events. The first one is awaited, so that a refusal is a status and not an empty stream;
 * then each is written when the reader takes it, so that of a slow one no more than an event waits here. Ends when the
 * reader leaves or takes nothing for a minute, the caller is no longer who they were, or the process stops.
 */
export async function streamEvents<E extends Event>(source: Source<E>): Promise<Response> {
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, source.request.signal, stopping()]);
  const iterator = source.events(signal)[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    return new Response(bodyOf(source, { first, iterator, gone }), { headers });
  } catch (error) {
    gone.abort();
    return refuse(error, source.where);
  }
}

type Running<E> = { first: IteratorResult<E>; iterator: AsyncIterator<E>; gone: AbortController };

function bodyOf<E extends Event>(
  { stillStands, where, stalledMs = STALLED_MS }: Source<E>,
  { first, iterator, gone }: Running<E>,
): ReadableStream<Uint8Array> {
  let held: IteratorResult<E> | null = first;
  const next = async (): Promise<E | null> => {
    const { done, value } = held ?? (await iterator.next());
    held = null;
    return done || (value.type === "heartbeat" && !(await stillStands())) ? null : value;
  };
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const end = async () => {
    clearTimeout(stalled);
    gone.abort();
    await iterator.return?.();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled);
      const event = await next().catch((error: unknown) => {
        // A reader who left is how most streams end.
        if (!gone.signal.aborted && !stopping().aborted) {
          report(error, { where });
        }
        return null;
      });
      if (gone.signal.aborted) {
        return;
      }
      if (event) {
        stalled = setTimeout(() => {
          controller.error(new Error("The reader takes nothing"));
          void end();
        }, stalledMs);
        controller.enqueue(encode(event));
        return;
      }
      if (stopping().aborted) {
        controller.enqueue(elsewhere);
      }
      controller.close();
      await end();
    },
    cancel: end,
  });
}

const encoder = new TextEncoder();
/** The process ends, and nothing is wrong: another one goes on at once where this one stopped. */
const elsewhere = encoder.encode("retry: 200\n\n");

// A stored message's seq is the event's id: a browser that comes back by itself says where it was.
function encode(event: Event): Uint8Array {
  const id = event.type === "message" && event.message ? `id: ${event.message.seq}\n` : "";
  return encoder.encode(`${id}data: ${JSON.stringify(event)}\n\n`);
}
