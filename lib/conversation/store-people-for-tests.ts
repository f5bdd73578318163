import { newId } from "@/lib/id";
import { db } from "@/lib/storage";

/** Nobody's console is open, and nobody waits: what other tests left behind would count. */
export async function emptyTheHouse(): Promise<void> {
  await db().presence.deleteMany({});
  await db().conversation.updateMany({
    where: { status: "waiting" },
    data: { status: "open", askedAt: null, waitingSince: null },
  });
}

/** A console that was last heard of so many seconds ago, by the database's clock. */
export async function openConsole(staffId: string, secondsAgo: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "Presence" (id, user_id, seen_at) VALUES (${newId()}::uuid, ${staffId}::uuid,
      clock_timestamp() - make_interval(secs => ${secondsAgo}::int))`;
}

/** The customer has been owed a person for so many seconds more. */
export async function waitLonger(conversationId: string, seconds: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Conversation" SET asked_at = asked_at - make_interval(secs => ${seconds}::int)
    WHERE id = ${conversationId}::uuid`;
}

/** A day passes for the links of a conversation, and whoever was sending its mail has died. */
export async function ageLinks(conversationId: string, days: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "ReplyLink" SET expires_at = expires_at - make_interval(days => ${days}::int)
    WHERE conversation_id = ${conversationId}::uuid`;
  await db().$executeRaw`
    UPDATE "ReplyAddress" SET mailing_until = mailing_until - make_interval(days => ${days}::int)
    WHERE id = ${conversationId}::uuid`;
}

export async function settleDaysAgo(conversationId: string, days: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Conversation" SET solved_at = clock_timestamp() - make_interval(days => ${days}::int)
    WHERE id = ${conversationId}::uuid`;
}

/** What stands in the tables about where an answer is announced, as its bytes lie there. */
export async function readReplyRows(conversationId: string) {
  const where = { conversationId };
  const addresses = await db().replyAddress.findMany({ where });
  const links = await db().replyLink.findMany({ where });
  const raw = [...addresses, ...links]
    .flatMap((row) => Object.values(row))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value))
    .join("\n");
  return { addresses, links, raw };
}

export async function makeRegistered(customerId: string): Promise<void> {
  await db().customer.update({ where: { id: customerId }, data: { kind: "registered" } });
}
