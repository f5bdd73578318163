import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { type Connection, type Reader, type Refused, readEvents } from "./read-events";
import { splitEvents } from "./split-events";

type Answer = (response: ServerResponse, url: string) => void;

let server: Server | undefined;
let reader: Reader | undefined;

afterEach(async () => {
  reader?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** A server that answers each connection as given, the last answer again and again, and a browser that reads it. */
async function read(answers: Answer[], silenceMs = 60_000) {
  const asked: string[] = [];
  const heard: unknown[] = [];
  const connections: Connection[] = [];
  const refusals: Refused[] = [];
  server = createServer(({ url = "" }, response) => {
    asked.push(url);
    answers[Math.min(asked.length, answers.length) - 1]?.(response, url);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  reader = readEvents({
    address: () => `http://127.0.0.1:${port}/?after=${heard.length}`,
    onData: (data) => heard.push(data),
    onConnection: (connection) => connections.push(connection),
    onRefused: (refused) => refusals.push(refused),
    pace: { firstRetryMs: 10, lastRetryMs: 20, silenceMs },
  });
  return { asked, heard, connections, refusals };
}

const speak =
  (...events: unknown[]): Answer =>
  (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
  };

const refuse =
  (status: number, body: unknown): Answer =>
  (response) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };

const soon = { timeout: 10_000 };

test("a stream that breaks is opened again from where the reader is", async () => {
  const seen = await read([
    (response, url) => {
      speak("one", "two")(response, url);
      response.end();
    },
    speak("three"),
  ]);
  await vi.waitFor(() => expect(seen.heard).toEqual(["one", "two", "three"]), soon);
  expect(seen.asked).toEqual(["/?after=0", "/?after=2"]);
  expect(seen.connections).toContain("lost");
  expect(seen.connections.at(-1)).toBe("live");
});

test.each([
  [401, "session_missing"],
  [404, "not_found"],
  [409, "processing_restricted"],
])("a reader who is refused with %i stops asking, and is told why", async (status, code) => {
  const seen = await read([refuse(status, { ok: false, code, message: "Please do this." })]);
  await vi.waitFor(() => {
    expect(seen.refusals).toEqual([{ code, message: "Please do this." }]);
  }, soon);
  expect(seen.connections.at(-1)).toBe("ended");
  // Ten times as long as it would wait before asking again.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(seen.asked).toHaveLength(1);
  reader?.reconnect();
  await vi.waitFor(() => expect(seen.asked).toHaveLength(2), soon);
});

test("what passes by itself is asked again: a busy server, a restarting one, a proxy's page", async () => {
  const seen = await read([
    refuse(429, { code: "rate_limited", message: "Wait." }),
    refuse(503, { code: "unavailable", message: "Later." }),
    (response) => response.writeHead(404).end("<html>no upstream</html>"),
    (response) => response.destroy(),
    speak("here"),
  ]);
  await vi.waitFor(() => expect(seen.heard).toEqual(["here"]), soon);
  expect(seen.refusals).toEqual([]);
});

test("a line that fell silent is given up and opened anew", async () => {
  const seen = await read([speak("one"), speak("two")], 100);
  await vi.waitFor(() => expect(seen.heard.slice(0, 2)).toEqual(["one", "two"]), soon);
});

test("offline, what an open line still hands over does not look like being back", async () => {
  const browser = new EventTarget();
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
  const lines: ServerResponse[] = [];
  const seen = await read([
    (response, url) => {
      lines.push(response);
      speak(`line ${lines.length}`)(response, url);
    },
    () => undefined,
  ]);
  await vi.waitFor(() => expect(seen.connections.at(-1)).toBe("live"), soon);
  browser.dispatchEvent(new Event("offline"));
  lines[0]?.write(`data: ${JSON.stringify("late")}\n\n`);
  await vi.waitFor(() => expect(seen.asked.length).toBeGreaterThan(1), soon);
  expect(seen.connections.at(-1)).toBe("lost");
  expect(seen.heard).toEqual(["line 1"]);
  vi.unstubAllGlobals();
});

test("events arrive whole, wherever the network cuts them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.json({ maxDepth: 1 }), { maxLength: 8 }),
      fc.array(fc.nat(12), { maxLength: 40 }),
      (events, cuts) => {
        const bytes = new TextEncoder().encode(
          events.map((event, n) => `id: ${n}\ndata: ${event}\n\n`).join(""),
        );
        const split = splitEvents();
        const heard: string[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          heard.push(...split(bytes.slice(at, at + cut)));
          at += cut;
        }
        expect(heard).toEqual(events);
      },
    ),
  );
});
