import { expect, test } from "vitest";
import { Refusal } from "@/lib/errors";
import { streamEvents } from "./sse";

type Event = { type: string; message?: { seq: number } };

const answer = (
  events: (signal: AbortSignal) => AsyncIterable<Event>,
  stillStands = async () => true,
  stalledMs = 60_000,
) => {
  const request = new Request("http://here/api/stream");
  return streamEvents<Event>({ request, where: "test", stillStands, events, stalledMs });
};

const message = (seq: number): Event => ({ type: "message", message: { seq } });

function silence(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

test("a refusal before the first event is a status, not an empty stream", async () => {
  const response = await answer(async function* () {
    yield* [];
    throw new Refusal("not_found");
  });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ ok: false, code: "not_found" });
});

test("events are written in order, and a stored message's seq is where a reader was", async () => {
  const response = await answer(async function* () {
    yield { type: "snapshot" };
    yield message(7);
  });
  expect(response.headers.get("Cache-Control")).toBe("no-store, no-transform");
  expect(response.headers.get("X-Accel-Buffering")).toBe("no");
  expect(await response.text()).toBe(
    'data: {"type":"snapshot"}\n\nid: 7\ndata: {"type":"message","message":{"seq":7}}\n\n',
  );
});

test("the stream ends at the heartbeat after the caller's session did", async () => {
  let told: AbortSignal | null = null;
  let stands = true;
  const response = await answer(
    async function* (signal) {
      told = signal;
      for (const seq of [1, 2, 3]) {
        yield { type: "heartbeat" };
        yield message(seq);
        stands = seq < 2;
      }
    },
    async () => stands,
  );
  const text = await response.text();
  expect(text).toContain('"seq":2');
  expect(text).not.toContain('"seq":3');
  expect(told).toMatchObject({ aborted: true });
});

test("a reader who leaves in the middle of a silence ends the source", async () => {
  let tell: (what: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const response = await answer(async function* (signal) {
    try {
      yield { type: "snapshot" };
      await silence(signal);
      yield message(1);
    } finally {
      tell("ended");
    }
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await ended).toBe("ended");
});

test("a source that breaks in the middle ends the stream, and what was sent stands", async () => {
  const response = await answer(async function* () {
    yield message(1);
    throw new Error("the database went away");
  });
  expect(await response.text()).toContain('"seq":1');
});

test("a reader who takes nothing any more is let go, and holds nothing", async () => {
  let tell: (pulled: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    tell = resolve;
  });
  const response = await answer(
    async function* (signal) {
      let pulled = 0;
      try {
        while (!signal.aborted) {
          pulled += 1;
          yield message(pulled);
        }
      } finally {
        tell(pulled);
      }
    },
    async () => true,
    50,
  );
  // The first is asked for before there is an answer, and one waits to be taken.
  expect(await ended).toBeLessThanOrEqual(2);
  await expect(response.text()).rejects.toThrow("takes nothing");
});
