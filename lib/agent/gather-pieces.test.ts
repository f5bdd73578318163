import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gatherPieces } from "./gather-pieces";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const piece = (content: string, more: object = {}) =>
  `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })}\n\n`;
const END = `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`;
const DONE = "data: [DONE]\n\n";

/** A model's stream that says what it is told to when it is told to, and what has been read of it so far. */
function stream(type = "text/event-stream; charset=utf-8") {
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      source = controller;
    },
  });
  const heard = vi.fn();
  const response = gatherPieces(new Response(body, { headers: { "content-type": type } }), heard);
  const events: string[] = [];
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      events.push(...decoder.decode(bytes, { stream: true }).split(/(?<=\n\n)/));
    }
  })();
  read.catch(() => undefined);
  const say = async (...texts: string[]) => {
    for (const text of texts) {
      source?.enqueue(new TextEncoder().encode(text));
    }
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    heard,
    events,
    read,
    say,
    end: () => source?.close(),
    breakOff: (error: Error) => source?.error(error),
  };
}

function wordsOf(events: readonly string[]): string[] {
  return events.flatMap((event) => {
    const { choices } = event === DONE ? { choices: [] } : JSON.parse(event.slice(6));
    return choices[0]?.delta.content ?? [];
  });
}

test("that words have come is told once, and not of what has none", async () => {
  const { heard, say, end, read } = stream();
  const call = { index: 0, delta: { tool_calls: [] }, finish_reason: null };
  await say(piece(""), `data: ${JSON.stringify({ id: "c", choices: [call] })}\n\n`);
  expect(heard).not.toHaveBeenCalled();
  await say(piece("One"), piece(" two"));
  end();
  await read;
  expect(heard).toHaveBeenCalledTimes(1);
});

test("the first words go on at once, and what follows within a moment goes on together", async () => {
  const { events, say, end, read } = stream();
  await say(piece("One"));
  expect(wordsOf(events)).toEqual(["One"]);
  await say(piece(" two"), piece(" three"));
  expect(wordsOf(events)).toEqual(["One"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(wordsOf(events)).toEqual(["One", " two three"]);
  await vi.advanceTimersByTimeAsync(500);
  await say(piece(" four"));
  expect(wordsOf(events)).toEqual(["One", " two three", " four"]);
  await say(piece(" five"), END, DONE);
  end();
  await read;
  expect(wordsOf(events)).toEqual(["One", " two three", " four", " five"]);
  expect(events.slice(-2)).toEqual([END, DONE]);
});

test("whatever is more than words keeps its place and its form", async () => {
  const { events, say, end, read } = stream();
  const tool = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: "t" }] } }] })}\n\n`;
  const thought = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "x", reasoning_content: "hm" } }] })}\n\n`;
  const cost = piece("paid", { usage: { total_tokens: 3 } });
  const others = [tool, thought, "data: {broken\n\n", ": a comment\n\n", cost];
  await say(piece("a"), ...others.flatMap((other) => [piece("b"), other]));
  end();
  await read;
  expect(events).toEqual([piece("a"), ...others.flatMap((other) => [piece("b"), other])]);
});

test("an answer that breaks off gives its words first, and then its own error", async () => {
  const { events, say, breakOff, read } = stream();
  await say(piece("One"), piece(" two"));
  breakOff(new Error("the line was cut"));
  await expect(read).rejects.toThrow("the line was cut");
  expect(wordsOf(events).join("")).toBe("One two");
});

test("however the bytes are cut, the words are the same, accents and line ends of either kind included", async () => {
  const said = Array.from({ length: 40 }, (_, at) => `wörd ${at} ✓ `);
  for (const ends of ["\n\n", "\r\n\r\n"]) {
    for (const size of [1, 3, 7, 64, 1_000]) {
      const bytes = new TextEncoder().encode(
        said.map((word) => piece(word).replace("\n\n", ends)).join(""),
      );
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      );
      const source = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const each of cut) {
            controller.enqueue(each);
          }
          controller.close();
        },
      });
      const headers = { "content-type": "text/event-stream" };
      const text = await gatherPieces(new Response(source, { headers })).text();
      const events = text.split(/(?<=\r?\n\r?\n)/);
      expect(wordsOf(events).join("")).toBe(said.join(""));
      expect(events.length).toBeLessThan(said.length);
    }
  }
});

test("what is no stream of events goes on as it came", async () => {
  const response = new Response("{}", { headers: { "content-type": "application/json" } });
  expect(gatherPieces(response)).toBe(response);
});
