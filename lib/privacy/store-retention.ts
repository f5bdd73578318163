import { type RetentionRules, type RetentionTier, retentionTiers } from "@/lib/setting/schema";
import { db, Prisma, tally } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { RetentionDay, RetentionDue } from "./schema-retention";

type ByTier = Record<RetentionTier, number | null>;

/** The days of the customer `p`'s tier; null where there is no end. */
function daysOf(days: ByTier): Prisma.Sql {
  const cases = retentionTiers.map((tier) => Prisma.sql`WHEN ${tier} THEN ${days[tier]}::int`);
  return Prisma.sql`(CASE p.tier::text ${Prisma.join(cases, " ")} END)`;
}

/** Whoever is here is over and nobody works on it: not open, not waiting, not with a person, no turn, no effect under way. */
const over = Prisma.sql`c.status = 'solved' AND c.owner <> 'HUMAN'
  AND NOT EXISTS (SELECT 1 FROM "Turn" t WHERE t.conversation_id = c.id AND t.state <= 'running')
  AND NOT EXISTS (
    SELECT 1 FROM "Proposal" q WHERE q.conversation_id = c.id AND q.state IN ('confirmed', 'executing'))`;

const held = Prisma.sql`EXISTS (
  SELECT 1 FROM "LegalHold" h WHERE h.customer_id = c.customer_id AND h.released_at IS NULL
    AND (h.conversation_id IS NULL OR h.conversation_id = c.id))`;

/** Restricted data is only stored, and its owner may need it; what is being erased goes by that. */
const removable = Prisma.sql`p.state = 'active' AND NOT ${held}`;

function dueAt(rules: RetentionRules): Prisma.Sql {
  return Prisma.sql`c.last_message_at + make_interval(days => ${daysOf(rules.conversations)})`;
}

export type Cursor = { at: Date; id: string };
export type DueRow = Cursor;

/** Conversations whose days are over, the oldest first, from the cursor on. Nothing is held yet. */
export async function findDue(
  rules: RetentionRules,
  after: Cursor | null,
  limit: number,
): Promise<DueRow[]> {
  const shortest = Math.min(...Object.values(rules.conversations));
  return await db().$queryRaw<DueRow[]>`
    SELECT c.id, c.last_message_at AS at FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.last_message_at < clock_timestamp() - make_interval(days => ${shortest}::int)
      AND (${after?.id ?? null}::uuid IS NULL
        OR (c.last_message_at, c.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      AND ${dueAt(rules)} < clock_timestamp() AND ${over} AND ${removable}
    ORDER BY c.last_message_at, c.id LIMIT ${limit}`;
}

/**
 * Whether a conversation that this transaction holds, with its customer, is still to go. Notes when the customer last
 * wrote, which nothing else will tell any more.
 */
export async function isStillDue(
  rules: RetentionRules,
  conversationId: string,
  tx: Tx,
): Promise<boolean> {
  const [due] = await db(tx).$queryRaw<{ customerId: string; at: Date }[]>`
    SELECT c.customer_id AS "customerId", c.last_message_at AS at
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${conversationId}::uuid AND ${dueAt(rules)} < clock_timestamp()
      AND ${over} AND ${removable}`;
  if (!due) {
    return false;
  }
  await db(tx).$executeRaw`
    UPDATE "Customer" SET last_seen_at = greatest(last_seen_at, ${due.at}::timestamptz)
    WHERE id = ${due.customerId}::uuid`;
  return true;
}

type Guests = { days: number; limit: number };

/** When a guest last was here, as far as is known. */
const seen = Prisma.sql`greatest(p.last_seen_at, p.created_at,
  (SELECT max(n.created_at) FROM "Consent" n WHERE n.customer_id = p.id))`;
/** A guest without a conversation, a hold or a request that is still open. */
const empty = Prisma.sql`p.kind = 'guest' AND p.state = 'active'
  AND NOT EXISTS (SELECT 1 FROM "Conversation" c WHERE c.customer_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM "LegalHold" h WHERE h.customer_id = p.id AND h.released_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM "DataRequest" r WHERE r.customer_id = p.id
    AND r.state NOT IN ('done', 'duplicate', 'refused', 'withdrawn'))`;

/** Guests of whom nothing is left but their record, and whose days are over. */
export async function findDueGuests({ days, limit }: Guests): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT p.id FROM "Customer" p
    WHERE p.last_seen_at < clock_timestamp() - make_interval(days => ${days}::int)
      AND ${seen} < clock_timestamp() - make_interval(days => ${days}::int) AND ${empty}
    ORDER BY p.last_seen_at, p.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Holds a guest's row where they are still due. */
export async function lockDueGuest(id: string, days: number, tx: Tx): Promise<boolean> {
  const rows = await db(tx).$queryRaw<unknown[]>`
    SELECT 1 FROM "Customer" p
    WHERE p.id = ${id}::uuid AND ${seen} < clock_timestamp() - make_interval(days => ${days}::int)
      AND ${empty} FOR NO KEY UPDATE OF p`;
  return rows.length === 1;
}

const factHeld = Prisma.sql`EXISTS (
  SELECT 1 FROM "LegalHold" h WHERE h.customer_id = f.customer_id AND h.released_at IS NULL
    AND (h.conversation_id IS NULL OR h.conversation_id = f.conversation_id))`;

function factDue(rules: RetentionRules): Prisma.Sql {
  return Prisma.sql`p.state = 'active' AND NOT ${factHeld}
    AND f.valid_from + make_interval(days => ${daysOf(rules.facts)}) < clock_timestamp()`;
}

/** Forgets facts whose days are over, so many at most. What they had ended stays ended, and no longer says by what. */
export async function deleteDueFacts(
  rules: RetentionRules,
  limit: number,
  tx: Tx,
): Promise<number> {
  const rows = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT f.id FROM "Fact" f JOIN "Customer" p ON p.id = f.customer_id
    WHERE ${factDue(rules)} LIMIT ${limit} FOR UPDATE OF f SKIP LOCKED`;
  const ids = rows.map(({ id }) => id);
  await db(tx).$executeRaw`
    UPDATE "Fact" SET superseded_by_id = NULL WHERE superseded_by_id = ANY(${ids}::uuid[])`;
  return await db(tx).$executeRaw`DELETE FROM "Fact" WHERE id = ANY(${ids}::uuid[])`;
}

type Counted = { tier: RetentionTier; count: number };

function byTier(rows: readonly Counted[]): Record<RetentionTier, number> {
  const counts = { guest: 0, trial: 0, standard: 0, premium: 0 };
  for (const { tier, count } of rows) {
    counts[tier] = count;
  }
  return counts;
}

/** Counts what these rules would remove now. */
export async function countDue(rules: RetentionRules): Promise<RetentionDue> {
  const due = Prisma.sql`FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE ${dueAt(rules)} < clock_timestamp() AND ${over}`;
  const [conversations, facts, [guests], [kept]] = await Promise.all([
    db().$queryRaw<Counted[]>`
      SELECT p.tier::text, count(*)::int ${due} AND ${removable} GROUP BY p.tier`,
    db().$queryRaw<Counted[]>`
      SELECT p.tier::text, count(*)::int FROM "Fact" f JOIN "Customer" p ON p.id = f.customer_id
      WHERE ${factDue(rules)} GROUP BY p.tier`,
    db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM "Customer" p
      WHERE ${seen} < clock_timestamp() - make_interval(days => ${rules.guests}::int) AND ${empty}`,
    db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int ${due} AND (p.state = 'restricted' OR (p.state = 'active' AND ${held}))`,
  ]);
  return {
    conversations: byTier(conversations),
    facts: byTier(facts),
    guests: guests?.count ?? 0,
    kept: kept?.count ?? 0,
  };
}

/** What falls due on each of the coming days, as the rules are; days on which nothing does are left out. */
export async function countComing(rules: RetentionRules, days: number): Promise<RetentionDay[]> {
  const within = Prisma.sql`BETWEEN clock_timestamp() AND clock_timestamp() + make_interval(days => ${days}::int)`;
  return await db().$queryRaw<RetentionDay[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, sum(conversations)::int AS conversations, sum(guests)::int AS guests
    FROM (
      SELECT date_trunc('day', (${dueAt(rules)}) AT TIME ZONE 'UTC') AS day, 1 AS conversations, 0 AS guests
      FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
      WHERE ${dueAt(rules)} ${within} AND ${over} AND ${removable}
      UNION ALL
      SELECT date_trunc('day', (${seen} + make_interval(days => ${rules.guests}::int)) AT TIME ZONE 'UTC'), 0, 1
      FROM "Customer" p
      WHERE ${seen} + make_interval(days => ${rules.guests}::int) ${within} AND ${empty}) AS coming
    GROUP BY day ORDER BY day`;
}

/** Counts what was removed, by what it was: the only figure that retention changes. */
export async function tallyRemoved(tx: Tx, kind: string, count: number): Promise<void> {
  await tally(tx, "retention", kind, count);
}

/** How much was removed in so many days. */
export async function countRemoved(days: number): Promise<{ kind: string; count: number }[]> {
  return await db().$queryRaw<{ kind: string; count: number }[]>`
    SELECT dimension AS kind, sum(count)::int AS count FROM "Tally"
    WHERE measure = 'retention' AND day > CURRENT_DATE - ${days}::int GROUP BY dimension`;
}
