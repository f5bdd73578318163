import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { collectRows, openRows } from "./collect";
import { lastKeyOf } from "./keys";
import type { SubjectKey } from "./schema";
import type { Traces } from "./schema-traces";
import { SealError } from "./seal-error";
import { findWrappedKey } from "./store";
import { ownedBy, type RawRow } from "./store-rows";

const VALUES_MAX = 5_000;
/** So many of a person's messages are looked for, spread over all that they wrote. */
const MESSAGES_MAX = 400;
const PASSAGE_CHARS = 48;
const CHARS_MIN = 8;

/** Where a person's own values stand: the columns, by the names under which they are opened. */
const SOURCES = [
  { owned: ownedBy("Vault"), columns: ["value"] },
  { owned: ownedBy("Customer", "id"), columns: ["name", "email"] },
  { owned: ownedBy("ReplyAddress"), columns: ["email"] },
  { owned: ownedBy("ShopOrder"), columns: ["recipient", "address"] },
] as const;

type Whose = Pick<Traces, "conversationIds" | "customerId" | "keyOwners" | "stores">;

/** Reads what an erasure has to look for afterwards, while it can still be read. */
export async function collectTraces(whose: Whose): Promise<Traces> {
  const { customerId, keyOwners } = whose;
  const key = await lastKeyOf(customerId);
  const values = new Set<string>(await findClearValues(customerId));
  const passages = new Set<string>();
  let leftOut = 0;
  if (key) {
    for (const source of SOURCES) {
      leftOut += await addValues(source, customerId, key, values);
    }
    for (const text of await sampleMessages(customerId, key)) {
      const passage = passageOf(text);
      if (passage) {
        passages.add(passage);
      }
    }
  }
  const wrapped: string[] = [];
  for (const id of [customerId, ...keyOwners]) {
    const row = await findWrappedKey(id);
    if (row) {
      wrapped.push(Buffer.from(row.wrapped).toString("base64"));
    }
  }
  return { ...whose, values: [...values], passages: [...passages], wrapped, leftOut };
}

type Source = (typeof SOURCES)[number];

/** Returns how many were left out: too short to be told from chance, too many, or not to be opened. */
async function addValues(
  { owned, columns }: Source,
  customerId: string,
  key: SubjectKey,
  values: Set<string>,
): Promise<number> {
  let leftOut = 0;
  try {
    for await (const row of collectRows(owned, customerId, key)) {
      const texts = columns.map((column) => row[column]).filter((each) => typeof each === "string");
      const telling = texts.map((text) => text.trim()).filter((text) => text.length >= CHARS_MIN);
      const kept = telling.slice(0, Math.max(0, VALUES_MAX - values.size));
      for (const value of kept) {
        values.add(value);
      }
      leftOut += texts.length - kept.length;
    }
  } catch (error) {
    // What does not open cannot be looked for, and must not keep anybody from being erased.
    if (!(error instanceof SealError)) {
      throw error;
    }
    leftOut += 1;
  }
  return leftOut;
}

/** A run of words from the middle of a text, long enough to be nobody else's; null where there is none. */
export function passageOf(text: string): string | null {
  const whole = text.trim();
  const from = Math.max(0, Math.floor((whole.length - PASSAGE_CHARS) / 2));
  const passage = wellFormed(whole.slice(from, from + PASSAGE_CHARS));
  return passage.split(/\s+/).length >= 5 && passage.length >= PASSAGE_CHARS / 2 ? passage : null;
}

// A cut through a pair of units leaves half a character.
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}

async function sampleMessages(customerId: string, key: SubjectKey): Promise<string[]> {
  const rows = await db().$queryRaw<RawRow[]>`
    SELECT id, body_sealed FROM (
      SELECT id, body_sealed, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS all
      FROM "Message" WHERE customer_id = ${customerId}::uuid AND role = 'customer') AS numbered
    WHERE place % greatest(1, ceil("all"::float / ${MESSAGES_MAX}::int)::int) = 0`;
  try {
    return (await openRows("Message", rows, key)).map(({ body }) => String(body));
  } catch (error) {
    if (error instanceof SealError) {
      return [];
    }
    throw error;
  }
}

/** What of a person stands in clear columns: the hash of the password, numbers of parcels. */
async function findClearValues(customerId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ value: string }[]>`
    SELECT password_hash AS value FROM "Customer"
      WHERE id = ${customerId}::uuid AND length(password_hash) >= ${CHARS_MIN}::int
    UNION SELECT s.tracking_number FROM "ShopShipment" s JOIN "ShopOrder" o ON o.id = s.order_id
      WHERE o.customer_id = ${customerId}::uuid AND length(s.tracking_number) >= ${CHARS_MIN}::int`;
  return rows.map(({ value }) => value);
}

/** Which of the conversations the audit log names: there their ids stay, and lead nowhere. */
export async function findAudited(conversationIds: readonly string[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT metadata->>'conversationId' AS id FROM (
      SELECT metadata FROM "AuditEntry" UNION ALL SELECT metadata FROM "AuditOutbox") AS acts
    WHERE metadata->>'conversationId' = ANY(${[...conversationIds]}::text[])`;
  return rows.map(({ id }) => id);
}

export async function storePlan(requestId: string, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
  await db().erasurePlan.upsert({
    where: { requestId },
    create: { requestId, sealed },
    update: { sealed },
  });
}

export async function findPlan(requestId: string, tx?: Tx): Promise<Uint8Array | null> {
  const row = await db(tx).erasurePlan.findUnique({
    where: { requestId },
    select: { sealed: true },
  });
  return row?.sealed ?? null;
}

export async function removePlan(requestId: string, tx: Tx): Promise<void> {
  await db(tx).erasurePlan.deleteMany({ where: { requestId } });
}
