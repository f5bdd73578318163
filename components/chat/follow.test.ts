import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyEvent, type ChatState, emptyChat } from "@/lib/conversation/schema";
import { type Connection, follow, type Refused } from "./follow";

const soon = { timeout: 10_000 };
const left: (() => void)[] = [];
const open = new Set<ServerResponse>();
let server: Server;
let answer: "stream" | "refuse";
let asked = 0;
let conversationId: string;

beforeEach(async () => {
  conversationId = crypto.randomUUID();
  answer = "stream";
  asked = 0;
  open.clear();
  server = createServer((_, response) => {
    asked += 1;
    if (answer === "refuse") {
      const body = { ok: false, code: "session_missing", message: "Please sign in to continue." };
      response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write('data: {"type":"heartbeat"}\n\n');
    open.add(response);
    response.on("close", () => open.delete(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (address: string, init: RequestInit) =>
    real(`http://127.0.0.1:${port}${address}`, init),
  );
});

afterEach(async () => {
  for (const leave of left.splice(0)) {
    leave();
  }
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A tab of one browser, with what stands on its screen. */
function tab(silenceMs = 60_000) {
  const seen = {
    state: emptyChat as ChatState,
    connection: "connecting" as Connection,
    refused: null as Refused | null,
    leave: () => undefined as undefined,
  };
  const { leave } = follow({
    conversationId,
    current: () => seen.state,
    onEvent: (event) => {
      seen.state = applyEvent(seen.state, event);
    },
    onState: (state) => {
      seen.state = state;
    },
    onConnection: (connection) => {
      seen.connection = connection;
      seen.refused = connection === "live" ? null : seen.refused;
    },
    onRefused: (refused) => {
      seen.refused = refused;
    },
    pace: { silenceMs, lookMs: 20 },
  });
  left.push(leave);
  return Object.assign(seen, { leave });
}

function tell(text: string): void {
  const event = { type: "notice", level: "info", text };
  for (const response of open) {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}

const shows = (text: string, ...tabs: ReturnType<typeof tab>[]) =>
  vi.waitFor(() => {
    expect(tabs.map(({ state }) => state.notice?.text)).toEqual(tabs.map(() => text));
  }, soon);

test("three tabs have one stream, and each shows what it says; also the one that is opened last", async () => {
  const [first, second] = [tab(), tab()];
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  tell("hello");
  await shows("hello", first, second);
  const third = tab();
  await shows("hello", third);
  await vi.waitFor(() => expect(third.connection).toBe("live"), soon);
  expect(asked).toBe(1);
});

test("when the tab that reads is closed, another one reads on", async () => {
  const [first, second] = [tab(), tab()];
  await vi.waitFor(() => expect(second.connection).toBe("live"), soon);
  first.leave();
  await vi.waitFor(() => expect(asked).toBe(2), soon);
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  tell("still here");
  await shows("still here", second);
});

test("a tab that is frozen with the lock in its hand is not waited for", async () => {
  let stolen = false;
  navigator.locks
    .request(`recollect:${conversationId}`, () => new Promise<void>(() => undefined))
    .catch(() => {
      stolen = true;
    });
  const visible = tab(100);
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  tell("thawed");
  await shows("thawed", visible);
  expect(stolen).toBe(true);
});

test("a leader whose lock was taken away reads no more, and leads again when it is its turn", async () => {
  const first = tab();
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  let release: () => void = () => undefined;
  const taken = navigator.locks.request(
    `recollect:${conversationId}`,
    { steal: true },
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  await vi.waitFor(() => expect(open.size).toBe(0), soon);
  release();
  await taken;
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  tell("back");
  await shows("back", first);
});

test("where the session has ended each tab asks once and no more, until one of them is signed in again", async () => {
  answer = "refuse";
  const tabs = [tab(), tab()];
  await vi.waitFor(() => {
    expect(tabs.map(({ refused }) => refused?.code)).toEqual([
      "session_missing",
      "session_missing",
    ]);
  }, soon);
  expect(asked).toBe(2);
  answer = "stream";
  const signedIn = tab();
  await vi.waitFor(() => expect(open.size).toBe(1), soon);
  tell("welcome back");
  await shows("welcome back", signedIn, ...tabs);
  expect(tabs.map(({ refused }) => refused)).toEqual([null, null]);
  expect(asked).toBe(3);
});

test("where a browser has no locks, every tab reads for itself", async () => {
  vi.stubGlobal("navigator", {});
  const tabs = [tab(), tab()];
  await vi.waitFor(() => expect(open.size).toBe(2), soon);
  tell("to each");
  await shows("to each", ...tabs);
});
