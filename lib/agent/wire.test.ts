import { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { openWire } from "./wire";

const CONNECT_MS = 3_000;
/** Before a limit ends what had come in is heard; the virtual clock takes that for a millisecond. */
const HEARD_MS = 1;

/** An address that swallows everything: no answer, no refusal. */
function swallow(init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });
}

/** Asks over a wire on a virtual clock, and says after how long it gave up. */
async function giveUpAfter(wire: ReturnType<typeof openWire>): Promise<number> {
  const startedMs = Date.now();
  let tookMs: number | null = null;
  const asked = wire.fetch("http://swallowed.test/v1").catch((error: unknown) => {
    tookMs = Date.now() - startedMs;
    return error;
  });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await asked).toMatchObject({ name: "ModelFault", code: "unreachable" });
  return tookMs ?? Number.POSITIVE_INFINITY;
}

test("an address that swallows everything costs the connect limit, also a moment after it answered", async () => {
  vi.useFakeTimers();
  try {
    const answers = [() => Promise.resolve(new Response("ok")), swallow, swallow];
    const sockets: Socket[] = [];
    const wire = openWire(new URL("http://swallowed.test/v1"), CONNECT_MS, {
      fetch: (_, init) => (answers.shift() ?? swallow)(init),
      dial: () => {
        const socket = new Socket();
        sockets.push(socket);
        return socket;
      },
    });
    expect(await (await wire.fetch("http://swallowed.test/v1")).text()).toBe("ok");
    expect(wire.responded).toBe(true);
    expect(await giveUpAfter(wire)).toBe(CONNECT_MS + HEARD_MS);
    expect(wire.responded).toBe(false);
    expect(await giveUpAfter(wire)).toBe(CONNECT_MS + HEARD_MS);
    expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test("an endpoint that takes the connection and thinks for long is not given up", async () => {
  vi.useFakeTimers();
  try {
    const socket = new Socket();
    const wire = openWire(new URL("http://thinking.test/v1"), CONNECT_MS, {
      fetch: () => new Promise((resolve) => setTimeout(() => resolve(new Response("ok")), 9_000)),
      dial: () => socket,
    });
    const asked = wire.fetch("http://thinking.test/v1");
    await vi.advanceTimersByTimeAsync(100);
    socket.emit("connect");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await (await asked).text()).toBe("ok");
  } finally {
    vi.useRealTimers();
  }
});
