import http, { type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { startProxy } from "./proxy.mjs";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

type Backend = { port: number; state: { status: number }; end: () => Promise<void> };

/** A web process: answers /api/ready with its state, and everything else as the test says. */
async function backend(answer: RequestListener): Promise<Backend> {
  const state = { status: 200 };
  const server = http.createServer((request, response) => {
    if (request.url === "/api/ready") {
      response.writeHead(state.status).end("{}");
    } else {
      answer(request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  ends.push(end);
  return { port: (server.address() as AddressInfo).port, state, end };
}

const named = (name: string) => backend((_, response) => response.end(name));

async function proxy(...backends: { port: number }[]) {
  const started = await startProxy({ backends: backends.map(({ port }) => port), checkMs: 20 });
  ends.push(started.close);
  const address = `http://127.0.0.1:${started.port}`;
  const ask = async (init: RequestInit = {}) => await (await fetch(address, init)).text();
  const readyOnes = () => statesOf(started).filter(Boolean).length;
  return { address, port: started.port, ask, readyOnes };
}

type Started = { backends: () => { ready: boolean }[] };
const statesOf = (started: Started) => started.backends().map(({ ready }) => ready);

/** Takes connections and says nothing, as a frozen process does. */
async function silent(): Promise<{ port: number }> {
  const held: Socket[] = [];
  const server = createServer((socket) => {
    held.push(socket.on("error", () => socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(async () => {
    server.close();
    for (const socket of held) {
      socket.destroy();
    }
  });
  return { port: (server.address() as AddressInfo).port };
}

test("requests go round, whoever sent the one before", async () => {
  const { ask } = await proxy(await named("one"), await named("two"), await named("three"));
  const heard = [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
  expect(heard.slice(0, 3).toSorted()).toEqual(["one", "three", "two"]);
  expect(heard.slice(3)).toEqual(heard.slice(0, 3));
});

test("a process that is not ready gets no requests until it is", async () => {
  const [one, two] = [await named("one"), await named("two")];
  const { ask, readyOnes } = await proxy(one, two);
  one.state.status = 503;
  await vi.waitFor(() => expect(readyOnes()).toBe(1));
  expect([await ask(), await ask(), await ask()]).toEqual(["two", "two", "two"]);
  one.state.status = 200;
  await vi.waitFor(() => expect(readyOnes()).toBe(2));
  expect([await ask(), await ask()].toSorted()).toEqual(["one", "two"]);
});

test("when none is ready people still get the product's own words", async () => {
  const one = await named("one");
  const { ask, readyOnes } = await proxy(one);
  one.state.status = 503;
  await vi.waitFor(() => expect(readyOnes()).toBe(0));
  expect(await ask()).toBe("one");
});

test("a message whose process has just died is sent to another one, whole and once", async () => {
  const bodies: string[] = [];
  const keep: RequestListener = (request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.end("kept");
    });
  };
  const dying = await backend(keep);
  const { ask } = await proxy(dying, await backend(keep));
  await dying.end();
  const body = "x".repeat(300_000);
  const said = await Promise.all([1, 2, 3, 4].map(() => ask({ method: "POST", body })));
  expect(said).toEqual(["kept", "kept", "kept", "kept"]);
  expect(bodies).toEqual([body, body, body, body]);
});

test("a message that may have been read is never sent twice, and a page is asked for again", async () => {
  const seen: (string | undefined)[] = [];
  const drop = await backend((request: IncomingMessage) => {
    seen.push(request.method);
    request.resume().once("end", () => request.socket.destroy());
  });
  const kept: (string | undefined)[] = [];
  const other = await backend((request, response) => {
    kept.push(request.method);
    response.end("other");
  });
  const { address, ask, readyOnes } = await proxy(drop, other);
  const answers: number[] = [];
  while (!seen.includes("POST")) {
    await vi.waitFor(() => expect(readyOnes()).toBe(2));
    answers.push((await fetch(address, { method: "POST", body: "hello" })).status);
  }
  expect(answers.at(-1)).toBe(502);
  expect(seen.length + kept.length).toBe(answers.length);
  while (!seen.includes("GET")) {
    await vi.waitFor(() => expect(readyOnes()).toBe(2));
    expect(await ask()).toBe("other");
  }
});

test("with every process gone the answer says so", async () => {
  const one = await named("one");
  const { address } = await proxy(one);
  await one.end();
  const answer = await fetch(address);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("Try again");
});

test("a stream is passed on as it is written, and a broken one does not look whole", async () => {
  let write: (words: string) => void = () => undefined;
  let cut: () => void = () => undefined;
  const source = await backend((request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    write = (words) => void response.write(words);
    cut = () => request.socket.destroy();
    write("first");
  });
  const { address } = await proxy(source);
  const reader = (await fetch(address)).body?.getReader();
  const read = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await read()).toBe("first");
  write("second");
  expect(await read()).toBe("second");
  cut();
  await expect(reader?.read()).rejects.toThrow();
});

test("a reader who leaves is not read for any longer", async () => {
  let left = false;
  const source = await backend((_, response) => {
    response.writeHead(200);
    response.write("first");
    response.once("close", () => {
      left = true;
    });
  });
  const { address } = await proxy(source);
  const gone = new AbortController();
  await (await fetch(address, { signal: gone.signal })).body?.getReader().read();
  gone.abort();
  await vi.waitFor(() => expect(left).toBe(true));
});

test("the process behind learns who asks, for which host, and gets every cookie set", async () => {
  const source = await backend((request, response) => {
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    response.end(JSON.stringify(request.headers));
  });
  const { address, port } = await proxy(source);
  const answer = await fetch(address, { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect(await answer.json()).toMatchObject({
    host: `127.0.0.1:${port}`,
    "x-forwarded-for": "203.0.113.7, 127.0.0.1",
    "x-forwarded-host": `127.0.0.1:${port}`,
    "x-forwarded-proto": "http",
  });
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

test("a process that takes connections and answers nothing counts as not ready", async () => {
  const [frozen, well] = [await silent(), await named("well")];
  const started = await startProxy({
    backends: [frozen.port, well.port],
    checkMs: 20,
    checkWithinMs: 100,
  });
  ends.push(started.close);
  await vi.waitFor(() => expect(statesOf(started)).toEqual([false, true]));
});
