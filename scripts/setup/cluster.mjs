import { end } from "./identity.mjs";
import { node24, tsx } from "./node24.mjs";
import { root } from "./place.mjs";
import { findFreePort } from "./ports.mjs";
import { endFirst, launch } from "./processes.mjs";
import { startProxy } from "./proxy.mjs";
import { Sorry } from "./say.mjs";
import { serveWeb } from "./web.mjs";

const firstPort = 39_100;
const readyWithinMs = 60_000;

/**
 * Starts web processes and workers of one build on the same PostgreSQL and Redis behind a proxy, and resolves once all
 * of them are ready. Each one is a slot `{name, port, running, start, stop}`, so that a test can end a process its own
 * way and start it again in its place. `proxy` are options for startProxy.
 */
export async function startCluster({
  place,
  environment,
  web,
  workers,
  port = 0,
  host,
  proxy = {},
}) {
  const shared = {
    ...environment,
    WORKER: workers > 0 ? "separate" : "inline",
    TRUSTED_PROXY: String(Number(environment.TRUSTED_PROXY || 0) + 1),
  };
  const webs = [];
  for (let index = 0; index < web; index += 1) {
    const at = await findFreePort(webs.at(-1) ? webs.at(-1).port + 1 : firstPort);
    webs.push(webSlot({ name: `web-${index + 1}`, place, environment: shared, port: at }));
  }
  const crew = Array.from({ length: workers }, (_, index) =>
    workerSlot({ name: `worker-${index + 1}`, environment: shared }),
  );
  const slots = [...webs, ...crew];
  await Promise.all(slots.map((slot) => slot.start()));
  const front = await startProxy({ ...proxy, backends: webs.map((slot) => slot.port), port, host });
  const stop = once(async () => {
    await front.close();
    await Promise.all(slots.map((slot) => slot.stop()));
  });
  endFirst(stop);
  return {
    address: `http://127.0.0.1:${front.port}`,
    proxy: front,
    web: webs,
    workers: crew,
    stop,
  };
}

function once(work) {
  let running = null;
  return () => {
    running ??= work();
    return running;
  };
}

function makeSlot(facts, begin) {
  const slot = {
    ...facts,
    running: null,
    start: async () => {
      slot.running = await begin();
      return slot.running;
    },
    stop: async () => {
      if (slot.running) {
        await end(slot.running.entry);
      }
    },
  };
  return slot;
}

/** A web process on a port of its own, which only the proxy knows. */
function webSlot({ name, place, environment, port }) {
  return makeSlot({ name, port }, () =>
    serveWeb({ name, place, environment, port, host: "127.0.0.1" }),
  );
}

function workerSlot({ name, environment }) {
  return makeSlot({ name, port: null }, async () => {
    const worker = launch(name, node24(), tsx("scripts/worker.ts"), {
      cwd: root,
      env: { ...environment, NODE_ENV: "production" },
      graceMs: 20_000,
    });
    let gone = false;
    void worker.ended.then(() => {
      gone = true;
    });
    const until = Date.now() + readyWithinMs;
    while (!/\bready\b/i.test(worker.tail())) {
      if (gone || Date.now() > until) {
        throw new Sorry(`${name} did not become ready.\n${worker.tail()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return worker;
  });
}
