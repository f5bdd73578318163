import pg from "pg";
import { env } from "@/lib/env";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { db } from "./postgres";
import type { Tx } from "./schema";

type Handler = (payload: string) => void;
type Ear = {
  handlers: Map<string, Set<Handler>>;
  client: pg.Client | null;
  closed: boolean;
  /** One statement at a time: a pg client takes the next only when the last is answered. */
  turn: Promise<unknown>;
};

const RECONNECT_MS = 1_000;

function ear(): Ear {
  return once("pg-ear", () => ({
    handlers: new Map(),
    client: null,
    closed: false,
    turn: Promise.resolve(),
  }));
}

/** Tells every process of this installation; delivered when `tx` commits. */
export async function notify(channel: string, payload: string, tx?: Tx): Promise<void> {
  await db(tx).$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
}

/** Hears `notify` over one dedicated connection. A lost connection comes back by itself; what was said meanwhile is lost. */
export function onNotify(channel: string, handler: Handler): () => void {
  const { handlers } = ear();
  const known = handlers.get(channel) ?? new Set();
  handlers.set(channel, known.add(handler));
  inTurn(async () => (await connect())?.query(`LISTEN ${pg.escapeIdentifier(channel)}`));
  return () => known.delete(handler);
}

function inTurn(work: () => Promise<unknown>): void {
  const held = ear();
  held.turn = held.turn.then(work).catch(lost);
}

async function connect(): Promise<pg.Client | null> {
  const held = ear();
  if (held.closed || held.client) {
    return held.client;
  }
  const client = new pg.Client({ connectionString: env.DATABASE_URL, keepAlive: true });
  held.client = client;
  client.on("notification", ({ channel, payload }) => {
    for (const handler of held.handlers.get(channel) ?? []) {
      handler(payload ?? "");
    }
  });
  client.on("error", lost);
  await client.connect();
  for (const channel of held.handlers.keys()) {
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }
  return client;
}

function lost(error: unknown): void {
  const held = ear();
  if (held.closed) {
    return;
  }
  report(error, { where: "storage.notify" });
  held.client?.removeAllListeners();
  // The connection is gone already; ending it only frees the socket, and what it still complains of was reported.
  held.client?.on("error", () => undefined);
  held.client?.end().catch((cause: unknown) => report(cause, { where: "storage.notify.end" }));
  held.client = null;
  setTimeout(() => inTurn(connect), RECONNECT_MS).unref();
}

export async function closeNotify(): Promise<void> {
  const held = ear();
  held.closed = true;
  await held.client?.end();
}
