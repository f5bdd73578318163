import { closeNotify, closePostgres, db } from "@/lib/storage";
import { makeKnownCustomer } from "./store-fixture";

type Known = Awaited<ReturnType<typeof makeKnownCustomer>>;
type Tier = "guest" | "trial" | "standard" | "premium";

/** Time passes for a conversation, since only the database's clock counts; the person was not here since then either. */
export async function passDays(conversationId: string, days: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Conversation" SET last_message_at = clock_timestamp() - make_interval(days => ${days}::int)
    WHERE id = ${conversationId}::uuid`;
  await db().$executeRaw`
    UPDATE "Customer" SET last_seen_at = clock_timestamp() - make_interval(days => ${days}::int),
      created_at = clock_timestamp() - make_interval(days => ${days}::int)
    WHERE id = (SELECT customer_id FROM "Conversation" WHERE id = ${conversationId}::uuid)`;
  await db().$executeRaw`
    UPDATE "Consent" SET created_at = clock_timestamp() - make_interval(days => ${days}::int)
    WHERE customer_id = (SELECT customer_id FROM "Conversation" WHERE id = ${conversationId}::uuid)`;
}

/** The conversation is solved, and nothing of it is under way. */
export async function settle(conversationId: string): Promise<void> {
  await db().conversation.update({
    where: { id: conversationId },
    data: { status: "solved", owner: "AI" },
  });
  await db().turn.updateMany({ where: { conversationId }, data: { state: "done" } });
}

/** A customer of whom every store holds something, in a conversation that was solved so many days ago. */
export async function makeSettled(days: number, tier: Tier = "standard"): Promise<Known> {
  const known = await makeKnownCustomer();
  const kind = tier === "guest" ? "guest" : "registered";
  await db().customer.update({ where: { id: known.id }, data: { tier, kind } });
  await settle(known.conversationId);
  await passDays(known.conversationId, days);
  return known;
}

/** Conversations of these ids that are there. */
export async function findThere(ids: readonly string[]): Promise<string[]> {
  const rows = await db().conversation.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id).sort();
}

/** Every tally but the one that retention keeps of itself. */
export async function readTallies() {
  return await db().$queryRaw<unknown[]>`
    SELECT measure, dimension, sum(count)::int AS count FROM "Tally" WHERE measure <> 'retention'
    GROUP BY measure, dimension ORDER BY measure, dimension`;
}

export async function readRetentionTally(kind: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT coalesce(sum(count), 0)::int AS count FROM "Tally"
    WHERE measure = 'retention' AND dimension = ${kind}`;
  return row?.count ?? 0;
}

/** What the audit outbox holds of an action, oldest first. */
export async function readActs(action: string) {
  return await db().auditOutbox.findMany({
    where: { action },
    orderBy: { id: "asc" },
    select: { actor: true, metadata: true, anonymizedUser: true },
  });
}

export async function dropActs(): Promise<void> {
  await db().auditOutbox.deleteMany({});
}

/** Whether nothing is written to this conversation any more. */
export async function isGone(conversationId: string): Promise<boolean> {
  return (await db().goneConversation.count({ where: { id: conversationId } })) > 0;
}

/** Has the database break off at the commit of whatever removes a conversation, until the answer is called. */
export async function breakRemovals(): Promise<() => Promise<void>> {
  await db().$executeRaw`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''killed''; END'`;
  await db().$executeRaw`
    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON "GoneConversation" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION die()`;
  return async () => {
    await db().$executeRaw`DROP FUNCTION die() CASCADE`;
  };
}

/** A fact that the conversation told so many days ago. */
export async function addFact(known: Known, days: number): Promise<string> {
  const from = await db().fact.findFirstOrThrow({ where: { customerId: known.id } });
  const [message] = await db().message.findMany({
    where: { conversationId: known.conversationId },
    orderBy: { seq: "asc" },
  });
  await db().fact.update({
    where: { id: from.id },
    data: {
      conversationId: known.conversationId,
      messageId: message?.id ?? null,
      validFrom: new Date(Date.now() - days * 86_400_000),
    },
  });
  return from.id;
}

export async function readFact(id: string) {
  return await db().fact.findUnique({ where: { id } });
}

export async function closeEverything(): Promise<void> {
  await closeNotify();
  await closePostgres();
}
