import { bodyMac, openJson, sealJson } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type Fact, FactBody } from "./schema-fact";
import { keyOfFact, type Settled } from "./settle-facts";

type Row = {
  id: string;
  sealed: Uint8Array;
  confidence: number;
  conversationId: string | null;
  messageId: string | null;
  since: Date;
  until: Date | null;
  supersededById: string | null;
};

/** What a turn's question may touch: never more than this is opened for one turn. */
const SHOWN_MAX = 200;

function place(id: string) {
  return { table: "Fact", row: id, column: "body_sealed" };
}

function openFact(key: SubjectKey, { sealed, since, until, ...row }: Row): Fact {
  const body = openJson(key, place(row.id), FactBody, sealed);
  return { ...row, ...body, since: since.toISOString(), until: until?.toISOString() ?? null };
}

/** All facts of a customer, the newest first: those that hold, and those that ended. */
export async function findFacts(key: SubjectKey, tx?: Tx): Promise<Fact[]> {
  const rows = await db(tx).$queryRaw<Row[]>`
    SELECT id, body_sealed AS sealed, confidence, conversation_id AS "conversationId",
      message_id AS "messageId", valid_from AS since, valid_until AS until,
      superseded_by_id AS "supersededById"
    FROM "Fact" WHERE customer_id = ${key.ownerId}::uuid ORDER BY valid_from DESC, id DESC`;
  return rows.map((row) => openFact(key, row));
}

type Turn = { conversationId: string; customerId: string };

/**
 * What holds now and was not said in this conversation, the newest first, for a turn of an active customer whose memory
 * is on. Nothing else is read; the key is asked for only where there is something to open.
 */
export async function findHolding(
  { conversationId, customerId }: Turn,
  keyOf: () => Promise<SubjectKey>,
): Promise<Fact[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT f.id, f.body_sealed AS sealed, f.confidence, f.conversation_id AS "conversationId",
      f.message_id AS "messageId", f.valid_from AS since, f.valid_until AS until,
      f.superseded_by_id AS "supersededById"
    FROM "Fact" f JOIN "Customer" p ON p.id = f.customer_id
    WHERE p.id = ${customerId}::uuid AND p.state = 'active' AND p.memory_on
      AND (f.valid_until IS NULL OR f.valid_until > now())
      AND f.conversation_id IS DISTINCT FROM ${conversationId}::uuid
    ORDER BY f.valid_from DESC, f.id DESC LIMIT ${SHOWN_MAX}`;
  if (rows.length === 0) {
    return [];
  }
  const key = await keyOf();
  return rows.map((row) => openFact(key, row));
}

/** Stores what a learning or a correction settled. Only under the customer's lock. */
export async function writeSettled(
  key: SubjectKey,
  { added, ended }: Settled,
  tx: Tx,
): Promise<void> {
  for (const fact of added) {
    const { kind, predicate, object } = fact;
    const body: FactBody = { kind, predicate, object };
    const index = Buffer.from(bodyMac(key, `fact ${keyOfFact(body)}`)).toString("hex");
    await db(tx).$executeRaw`
      INSERT INTO "Fact" (id, customer_id, fact_index, body_sealed, confidence, conversation_id,
        message_id, valid_from, valid_until, superseded_by_id)
      VALUES (${fact.id}::uuid, ${key.ownerId}::uuid, ${index}, ${sealJson(key, place(fact.id), body)},
        ${fact.confidence}, ${fact.conversationId}::uuid, ${fact.messageId}::uuid,
        ${fact.since}::timestamptz, ${fact.until}::timestamptz, ${fact.supersededById}::uuid)`;
  }
  for (const { id, until, supersededById } of ended) {
    await db(tx).$executeRaw`
      UPDATE "Fact" SET valid_until = ${until}::timestamptz, superseded_by_id = ${supersededById}::uuid
      WHERE id = ${id}::uuid AND customer_id = ${key.ownerId}::uuid`;
  }
}

/** Keeps the newest so many, those that hold first. */
export async function dropOldest(customerId: string, factsMax: number, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    DELETE FROM "Fact" WHERE customer_id = ${customerId}::uuid AND id IN (
      SELECT id FROM "Fact" WHERE customer_id = ${customerId}::uuid
      ORDER BY (valid_until IS NULL OR valid_until > now()) DESC, valid_from DESC, id DESC
      OFFSET ${factsMax})`;
}

/** Facts by their ids, whatever they say. What they had ended stays ended, and no longer says by what. */
export async function deleteFacts(
  customerId: string,
  ids: readonly string[],
  tx?: Tx,
): Promise<number> {
  if (ids.length === 0) {
    return 0;
  }
  await db(tx).$executeRaw`
    UPDATE "Fact" SET superseded_by_id = NULL
    WHERE customer_id = ${customerId}::uuid AND superseded_by_id = ANY(${[...ids]}::uuid[])`;
  return await db(tx).$executeRaw`
    DELETE FROM "Fact" WHERE customer_id = ${customerId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
}

/**
 * Locks an active customer whose key this is, so that two conversations never settle their facts at once. False where
 * nothing may be learned of them: not active, another key, or their memory is off.
 */
export async function lockLearner(key: SubjectKey, tx: Tx): Promise<boolean> {
  const rows = await db(tx).$queryRaw<unknown[]>`
    SELECT 1 FROM "Customer" WHERE id = ${key.ownerId}::uuid AND key_epoch = ${key.epoch}
      AND state = 'active' AND memory_on FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/** The same lock for what the customer does themselves, whose memory may be off. */
export async function lockActive(key: SubjectKey, tx: Tx): Promise<boolean> {
  const rows = await db(tx).$queryRaw<unknown[]>`
    SELECT 1 FROM "Customer" WHERE id = ${key.ownerId}::uuid AND key_epoch = ${key.epoch}
      AND state = 'active' FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/** Everything or nothing, for what learns, corrects and forgets. */
export function inOne<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(run);
}
