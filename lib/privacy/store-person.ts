import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

/** By what a person is found. */
export type IndexedKind = "email" | "phone" | "name";
export type PersonIndexRow = { customerId: string; kind: IndexedKind; valueIndex: string };

/** Keeps hashes of a person's values; the same twice is once. */
export async function insertIndexes(rows: readonly PersonIndexRow[], tx?: Tx): Promise<void> {
  if (rows.length > 0) {
    await db(tx).personIndex.createMany({ data: [...rows], skipDuplicates: true });
  }
}

const FOUND_MAX = 20;

/** A person as an admin chooses among several: nothing that names them. */
export type PersonRow = {
  id: string;
  kind: "guest" | "registered";
  createdAt: Date;
  lastSeenAt: Date;
  conversations: number;
  matched: string[];
};

/** People who can still be read and have one of these hashes, the last seen first. */
export async function findMatching(
  wanted: readonly { kind: IndexedKind; valueIndex: string }[],
): Promise<PersonRow[]> {
  const kinds = wanted.map(({ kind }) => kind);
  const values = wanted.map(({ valueIndex }) => valueIndex);
  return await db().$queryRaw<PersonRow[]>`
    SELECT p.id::text, p.kind::text, p.created_at AS "createdAt", p.last_seen_at AS "lastSeenAt",
      (SELECT count(*)::int FROM "Conversation" c WHERE c.customer_id = p.id) AS conversations,
      array_agg(DISTINCT i.kind) AS matched
    FROM "PersonIndex" i
      JOIN unnest(${kinds}::text[], ${values}::text[]) AS w(kind, value)
        ON w.kind = i.kind AND w.value = i.value_index
      JOIN "Customer" p ON p.id = i.customer_id
    WHERE p.state IN ('active', 'restricted')
    GROUP BY p.id ORDER BY p.last_seen_at DESC LIMIT ${FOUND_MAX}`;
}

/** Other records that share a hash with this person and about which nobody has said anything for this request. */
export async function findAlike(customerId: string, requestId: string): Promise<PersonRow[]> {
  return await db().$queryRaw<PersonRow[]>`
    SELECT p.id::text, p.kind::text, p.created_at AS "createdAt", p.last_seen_at AS "lastSeenAt",
      (SELECT count(*)::int FROM "Conversation" c WHERE c.customer_id = p.id) AS conversations,
      array_agg(DISTINCT i.kind) AS matched
    FROM "PersonIndex" mine
      JOIN "PersonIndex" i ON i.kind = mine.kind AND i.value_index = mine.value_index
      JOIN "Customer" p ON p.id = i.customer_id
    WHERE mine.customer_id = ${customerId}::uuid AND p.id <> ${customerId}::uuid
      AND p.state IN ('active', 'restricted')
      AND NOT EXISTS (SELECT 1 FROM "RequestMatch" m
        WHERE m.request_id = ${requestId}::uuid AND m.customer_id = p.id)
    GROUP BY p.id ORDER BY p.last_seen_at DESC LIMIT ${FOUND_MAX}`;
}

/** One person by id, as the same look. */
export async function findOne(id: string, matched: string): Promise<PersonRow | null> {
  const [row] = await db().$queryRaw<PersonRow[]>`
    SELECT p.id::text, p.kind::text, p.created_at AS "createdAt", p.last_seen_at AS "lastSeenAt",
      (SELECT count(*)::int FROM "Conversation" c WHERE c.customer_id = p.id) AS conversations,
      ARRAY[${matched}::text] AS matched
    FROM "Customer" p WHERE p.id = ${id}::uuid AND p.state IN ('active', 'restricted')`;
  return row ?? null;
}

type Decision = { requestId: string; customerId: string; joined: boolean; decidedById: string };

export async function insertMatch(match: Decision, tx: Tx): Promise<void> {
  await db(tx).requestMatch.createMany({ data: [match], skipDuplicates: true });
}

const MARK = "people_indexed";
const PAGE = 100;

/** People whom no index was made of yet, because they came before there was one: a page in order, and null at the end. */
export async function findUnindexed(): Promise<{ id: string; keyEpoch: number }[]> {
  const mark = await db().keyMark.findUnique({ where: { name: MARK } });
  const after = typeof mark?.value === "string" ? mark.value : null;
  return await db().customer.findMany({
    where: { state: { in: ["active", "restricted"] }, ...(after ? { id: { gt: after } } : {}) },
    orderBy: { id: "asc" },
    take: PAGE,
    select: { id: true, keyEpoch: true },
  });
}

export async function markIndexed(through: string): Promise<void> {
  const value = through;
  await db().keyMark.upsert({
    where: { name: MARK },
    create: { name: MARK, value },
    update: { value },
  });
}

/** What a person is called and reached by, sealed: their account's columns and their vault's rows. */
export async function findSealedValues(customerId: string) {
  const account = await db().customer.findUnique({
    where: { id: customerId },
    select: { nameSealed: true, emailSealed: true },
  });
  const vault = await db().vault.findMany({
    where: { customerId, kind: { in: ["EMAIL", "PHONE", "PERSON"] } },
    select: { id: true, kind: true, valueSealed: true },
  });
  return { account, vault };
}
