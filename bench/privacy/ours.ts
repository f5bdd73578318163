import { randomUUID } from "node:crypto";
import { parse } from "uuid";
import { type Sql, Talk } from "@/bench/memory/record";
import { dataMap } from "@/lib/data-map";
import {
  appendAudit,
  detect,
  open,
  openRequest,
  redact,
  runErasure,
  runExport,
  seal,
  sweepErasure,
  verifyAudit,
} from "@/lib/privacy";
import type { Receipt } from "@/lib/privacy/schema";
import { countInFiles } from "./look";
import { addPeople } from "./people";

export type Person = { customerId: string; conversationId: string; needles: string[] };

/** What the bench asks of a process: each measures itself, so that nothing of the asking is in a figure. */
export type Privacy = {
  seals(wish: { seconds: number }): Promise<{ seals: number; opens: number }>;
  redact(wish: { count: number }): Promise<number[]>;
  worst(wish: object): Promise<number>;
  addPeople(wish: { count: number }): Promise<null>;
  addPerson(wish: { messages: number }): Promise<Person>;
  export(wish: { person: Person }): Promise<{ ms: number; peakMb: number }>;
  erase(wish: { person: Person }): Promise<{ ms: number; requestId: string }>;
  look(wish: { person: Person; folders: string[] }): Promise<number>;
  sweep(wish: { requestId: string }): Promise<{ ms: number; receipt: Receipt }>;
  appends(wish: { writers: number; rounds: number }): Promise<{ entries: number; ms: number }>;
  verify(wish: object): Promise<{ ok: boolean; entries: number }>;
};

const MESSAGE =
  "Good morning, my name is Ada Lovell, please send the parcel of order ORD-%n to 12 Harbour Road, Bristol BS1 4RW, and write to ada.%n@example.com or call +44 117 496 0%n when it leaves.";
const VALUES = 20;
const AUDIT_ROWS = 25;

export function ours(sql: Sql): Privacy {
  return {
    seals: ({ seconds }) => countSeals(sql, seconds * 1000),
    redact: ({ count }) => timeRedaction(sql, count),
    worst: () => Promise.resolve(timeWorst()),
    addPeople: ({ count }) => addPeople(sql, count).then(() => null),
    addPerson: ({ messages }) => addPerson(sql, messages),
    export: ({ person }) => timeExport(person),
    erase: ({ person }) => timeErasure(person),
    look: ({ person, folders }) =>
      Promise.resolve(
        countInFiles(
          folders,
          person.needles.map((each) => Buffer.from(each, "hex")),
        ),
      ),
    async sweep({ requestId }) {
      const began = performance.now();
      const receipt = await sweepErasure(requestId, dataMap);
      return { ms: performance.now() - began, receipt };
    },
    appends: (wish) => timeAppends(sql, wish),
    verify: () => verifyAudit(),
  };
}

async function countSeals(sql: Sql, ms: number) {
  const key = await (await Talk.begin(sql)).key();
  const place = { table: "Message", row: randomUUID(), column: "bodySealed" };
  const sealed = seal(key, place, MESSAGE);
  const perSecond = (work: () => void) => {
    const began = performance.now();
    let count = 0;
    while (performance.now() - began < ms) {
      for (let done = 0; done < 100; done += 1) {
        work();
      }
      count += 100;
    }
    return count / ((performance.now() - began) / 1000);
  };
  return {
    seals: perSecond(() => void seal(key, place, MESSAGE)),
    opens: perSecond(() => void open(key, place, sealed)),
  };
}

/** A message as the record takes it: found, numbered in the vault where it is new, replaced. */
async function timeRedaction(sql: Sql, count: number): Promise<number[]> {
  const key = await (await Talk.begin(sql)).key();
  const ms: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const text = MESSAGE.replaceAll("%n", String(100 + n));
    const began = performance.now();
    await redact(key, text);
    ms.push(performance.now() - began);
  }
  return ms;
}

/** 100,000 characters of what costs a finder most, the slowest of several kinds. */
function timeWorst(): number {
  const kinds = ["a@", "1", "12 Main Street, ", "May ", "0 ", ".", "A"].map((each) =>
    each.repeat(100_000).slice(0, 100_000),
  );
  const times = kinds.map((text) => {
    detect(text);
    const began = performance.now();
    detect(text);
    return performance.now() - began;
  });
  return Math.max(...times);
}

/** Somebody with a long conversation, a vault, searched words and keys; `needles` are bytes to look for in files. */
async function addPerson(sql: Sql, messages: number): Promise<Person> {
  const talk = await Talk.begin(sql);
  await talk.write(messages / 2);
  const key = await talk.key();
  const word = `bench-${randomUUID()}@example.com`;
  await redact(key, `write to ${word}`);
  for (let n = 0; n < VALUES; n += 1) {
    await redact(key, MESSAGE.replaceAll("%n", String(500 + n)));
  }
  const { id: customerId } = talk.customer;
  await sql.query(
    `INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
     SELECT gen_random_uuid(), 'message', conversation_id, customer_id, array_to_tsvector(ARRAY[md5(id::text)])
     FROM "Message" WHERE customer_id = $1`,
    [customerId],
  );
  const { rows } = await sql.query('SELECT wrapped FROM "WrappedKey" WHERE owner_id = $1', [
    customerId,
  ]);
  const needles = [
    Buffer.from(word),
    Buffer.from(customerId),
    Buffer.from(parse(customerId)),
    Buffer.from(rows[0]?.["wrapped"] as Uint8Array),
  ].map((each) => each.toString("hex"));
  return { customerId, conversationId: talk.id, needles };
}

async function request(customerId: string, kind: "erasure" | "export"): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId, reason: "other" } as const;
  return (await openRequest({ kind, customerId, ...opened })).id;
}

async function timeExport({ customerId }: Person) {
  const requestId = await request(customerId, "export");
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const began = performance.now();
  await runExport(requestId, dataMap);
  const ms = performance.now() - began;
  clearInterval(watch);
  return { ms, peakMb: Math.max(peak, process.memoryUsage().rss) / 1024 / 1024 };
}

async function timeErasure({ customerId }: Person) {
  const requestId = await request(customerId, "erasure");
  const began = performance.now();
  await runErasure(requestId, dataMap);
  return { ms: performance.now() - began, requestId };
}

/** Writers who note acts and chain them, all at once. */
async function timeAppends(sql: Sql, { writers, rounds }: { writers: number; rounds: number }) {
  const write = async () => {
    for (let round = 0; round < rounds; round += 1) {
      await sql.query(
        `INSERT INTO "AuditOutbox" (actor, action)
         SELECT 'system', 'sign_in' FROM generate_series(1, $1::int)`,
        [AUDIT_ROWS],
      );
      await appendAudit();
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: writers }, write));
  return { entries: writers * rounds * AUDIT_ROWS, ms: performance.now() - began };
}
