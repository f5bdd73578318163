import { inflateRawSync } from "node:zlib";
import type { CustomerCaller } from "@/lib/auth/schema";
import { AnswerMeta } from "@/lib/conversation/schema";
import { keyOf, lexemes, open, SealError } from "@/lib/privacy";
import type { Place, SubjectKey } from "@/lib/privacy/schema";
import { db, Prisma, transact, withRedis } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

/** The newest answer as it lies in the table, with what is kept beside it, and how its turn ended. */
export async function readLastAnswer(customer: CustomerCaller, conversationId: string) {
  const key = await keyOf(customer);
  const row = await db().message.findFirstOrThrow({
    where: { conversationId, role: "assistant" },
    orderBy: { seq: "desc" },
  });
  const turn = await db().turn.findFirstOrThrow({
    where: { conversationId },
    orderBy: { createdAt: "desc" },
    select: { state: true, failure: true },
  });
  const opened = (column: "bodySealed" | "metaSealed", sealed: Uint8Array) =>
    open(key, { table: "Message", row: row.id, column }, sealed);
  return {
    text: opened("bodySealed", row.bodySealed),
    state: row.state,
    meta: row.metaSealed ? AnswerMeta.parse(JSON.parse(opened("metaSealed", row.metaSealed))) : {},
    turn,
  };
}

/** Locks the tables of facts for everybody else until the answer is called: whoever reads or writes one waits. */
export function lockFacts(): Promise<() => Promise<void>> {
  return lock(Prisma.sql`LOCK TABLE "Fact", "FactReading" IN ACCESS EXCLUSIVE MODE`);
}

/** Whoever stores a message waits until the answer is called; all may read. */
export function holdMessages(): Promise<() => Promise<void>> {
  return lock(Prisma.sql`LOCK TABLE "Search" IN EXCLUSIVE MODE`);
}

/** Breaks the connections of those who wait for `holdMessages`; answers how many did. */
export async function breakWaiting(): Promise<number> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE NOT granted AND relation = '"Search"'::regclass`;
  return rows.length;
}

async function lock(statement: Prisma.Sql): Promise<() => Promise<void>> {
  let free: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    free = resolve;
  });
  let locked: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const hold = async (tx: Tx) => {
    await db(tx).$executeRaw(statement);
    locked();
    await over;
  };
  const held = transact(hold, { timeoutMs: 60_000 });
  await ready;
  return async () => {
    free();
    await held;
  };
}

/** Whether somebody waits for the tables that `lockFacts` holds. */
export async function isWaitedFor(): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks WHERE NOT granted
      AND relation IN ('"Fact"'::regclass, '"FactReading"'::regclass)`;
  return rows.length > 0;
}

/** What Redis keeps of a conversation, by the last part of each key. */
export async function listKeys(conversationId: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = "0";
  do {
    const pattern = `rc:{${conversationId}}:*`;
    const from = cursor;
    const [next, keys] = await withRedis((redis) =>
      redis.scan(from, "MATCH", pattern, "COUNT", 1000),
    );
    found.push(...keys.map((key) => key.split(":").at(-1) ?? ""));
    cursor = next;
  } while (cursor !== "0");
  return [...new Set(found)];
}

export type Opened = { at: string; text: string };

/** Every sealed value that Redis keeps of a conversation, opened. What does not open fails the test that asks. */
export async function openRedis(
  customer: CustomerCaller,
  conversationId: string,
): Promise<Opened[]> {
  const key = await keyOf(customer);
  const places = [
    { table: "rc:events", row: conversationId, column: "event" },
    ...Array.from({ length: 50 }, (_, version) => ({
      table: "redis.memory",
      row: conversationId,
      column: `head.${version}`,
    })),
    ...Array.from({ length: 200 }, (_, seq) => ({
      table: "redis.memory",
      row: conversationId,
      column: `message.${seq}`,
    })),
  ];
  const opened: Opened[] = [];
  for (const name of await listKeys(conversationId)) {
    for (const value of await valuesOf(`rc:{${conversationId}}:${name}`)) {
      opened.push({ at: name, text: openAny(key, places, value) });
    }
  }
  return opened;
}

const COMPRESSED = "z".charCodeAt(0);

/** The sealed values of a key, whatever its type. */
async function valuesOf(key: string): Promise<Buffer[]> {
  return await withRedis(async (redis) => {
    const flat = (answer: unknown): Buffer[] =>
      Array.isArray(answer) ? answer.flatMap(flat) : Buffer.isBuffer(answer) ? [answer] : [];
    const read: Record<string, () => Promise<unknown>> = {
      hash: () => redis.hgetallBuffer(key).then((found) => Object.values(found)),
      list: () => redis.lrangeBuffer(key, 0, -1),
      zset: () => redis.zrangeBuffer(key, 0, "-1"),
      stream: () => redis.callBuffer("XRANGE", key, "-", "+"),
      string: () => redis.getBuffer(key).then((found) => [found]),
    };
    const values = flat(await read[await redis.type(key)]?.());
    // Sealed values begin with their version, compressed ones with a mark before it; all else is a number or a name.
    return values
      .map((value) => (value[0] === COMPRESSED ? value.subarray(1) : value))
      .filter((value) => value[0] === 1 && value.length > 37);
  });
}

function openAny(key: SubjectKey, places: Place[], sealed: Buffer): string {
  for (const place of places) {
    try {
      const text = open(key, place, sealed);
      return text.startsWith("z")
        ? inflateRawSync(Buffer.from(text.slice(1), "base64")).toString("utf8")
        : text;
    } catch (error) {
      if (!(error instanceof SealError)) {
        throw error;
      }
    }
  }
  throw new Error("A sealed value in Redis opens nowhere");
}

/** How many of a customer's search rows hold a word. */
export async function countSearched(customerId: string, word: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Search" WHERE customer_id = ${customerId}::uuid
      AND tsvector_to_array(lexemes) && ${lexemes(word)}::text[]`;
  return row?.count ?? 0;
}

/** Which of these messages the customer had forgotten. */
export async function listForgotten(ids: readonly string[]): Promise<string[]> {
  const rows = await db().message.findMany({
    where: { id: { in: [...ids] }, forgottenAt: { not: null } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The jobs about a conversation that wait or are done, with all that their rows hold about it. */
export async function listJobs(conversationId: string): Promise<{ name: string; data: unknown }[]> {
  return await db().$queryRaw<{ name: string; data: unknown }[]>`
    SELECT name, data FROM pgboss.job WHERE data->>'conversationId' = ${conversationId}
    ORDER BY name`;
}
