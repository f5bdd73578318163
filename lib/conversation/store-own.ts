import { z } from "zod";
import type { Caller, CustomerCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { keyOf } from "@/lib/privacy";
import { db, Prisma, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { fromCursor, toCursor } from "./cursor";
import type { ConversationView, OwnConversation, Page } from "./schema";
import { ringConsole, ringConversation } from "./store-events";
import { lockConversation } from "./store-lock";
import { recountFailed } from "./store-offer";
import { proposalsFor } from "./store-proposal";
import {
  customerView,
  findViewRow,
  listMessages,
  readable,
  restoreMessages,
  restoreTitles,
  type ViewRow,
  viewColumns,
} from "./store-view";

const PAGE = 20;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** The customer's conversations, newest first, their own values in the titles. */
export async function listOwnConversations(
  caller: CustomerCaller,
  cursor?: string | null,
): Promise<Page<ConversationView>> {
  const after = fromCursor(Cursor, cursor);
  const behind = after
    ? Prisma.sql`AND (c.last_message_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  const rows = await db().$queryRaw<ViewRow[]>`
    SELECT ${viewColumns} FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.customer_id = ${caller.id}::uuid AND ${readable} ${behind}
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${PAGE + 1}`;
  const page = rows.slice(0, PAGE);
  const [first] = page;
  if (!first) {
    return { rows: [], next: null };
  }
  const key = await keyOf({ id: caller.id, keyEpoch: first.keyEpoch });
  const views = page.map((row) => customerView(key, row));
  const last = page.at(-1);
  const more = rows.length > PAGE && last;
  return {
    rows: await restoreTitles(key, views),
    next: more ? toCursor([last.lastMessageAt.toISOString(), last.id]) : null,
  };
}

/**
 * One of the customer's own conversations with its newest 200 messages (before `beforeSeq`, for those who scroll up),
 * values put back. Null when it is absent or somebody else's.
 */
export async function findOwnConversation(
  caller: CustomerCaller,
  id: string,
  range: { beforeSeq?: number } = {},
): Promise<OwnConversation | null> {
  const row = await findViewRow(id, caller.id);
  if (!row) {
    return null;
  }
  const key = await keyOf({ id: caller.id, keyEpoch: row.keyEpoch });
  const messages = await listMessages(key, id, "customer", range);
  const [conversation] = await restoreTitles(key, [customerView(key, row)]);
  if (!conversation) {
    return null;
  }
  const proposals = row.hasProposals ? await proposalsFor(key, id, true) : [];
  return { conversation, messages: await restoreMessages(key, messages), proposals };
}

/** The customer's thumb under an answer: 1, -1, or 0 to take it back. Only under answers of their own conversations. */
export async function rateMessage(
  caller: CustomerCaller,
  messageId: string,
  value: 1 | -1 | 0,
): Promise<void> {
  const conversationId = await transact(async (tx) => {
    const { conversationId: id } = await lockOwnAnswer(tx, caller, messageId);
    const before = await db(tx).rating.findUnique({
      where: { messageId },
      select: { value: true },
    });
    if (value === 0) {
      await db(tx).rating.deleteMany({ where: { messageId } });
    } else {
      await db(tx).rating.upsert({
        where: { messageId },
        create: { messageId, conversationId: id, customerId: caller.id, value },
        update: { value },
        select: { messageId: true },
      });
      await tally(tx, "ratings", value > 0 ? "up" : "down");
    }
    const change = Number(value === -1) - Number(before?.value === -1);
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET thumbs_down = greatest(thumbs_down + ${change}, 0)
      WHERE id = ${id}::uuid`;
    await recountFailed(tx, id);
    return id;
  });
  await Promise.all([ringConversation(conversationId), ringConsole()]);
}

async function lockOwnAnswer(
  tx: Tx,
  caller: CustomerCaller,
  messageId: string,
): Promise<{ conversationId: string }> {
  const message = await db(tx).message.findFirst({
    where: { id: messageId, customerId: caller.id, role: { in: ["assistant", "staff"] } },
    select: { conversationId: true },
  });
  if (!(message && (await lockConversation(tx, message.conversationId, caller.id)))) {
    throw new Refusal("not_found");
  }
  return message;
}

/** The reader has seen everything up to `seq`. A mark never goes back. */
export async function markRead(caller: Caller, conversationId: string, seq: number): Promise<void> {
  const changed =
    caller.kind === "customer"
      ? await db().$executeRaw`
          UPDATE "Conversation" SET customer_read_seq = least(${seq}, last_seq)
          WHERE id = ${conversationId}::uuid AND customer_id = ${caller.id}::uuid
            AND customer_read_seq < least(${seq}, last_seq)`
      : await db().$executeRaw`
          UPDATE "Conversation" SET staff_read_seq = least(${seq}, last_seq)
          WHERE id = ${conversationId}::uuid AND staff_read_seq < least(${seq}, last_seq)`;
  if (changed > 0) {
    await Promise.all([ringConversation(conversationId), caller.kind === "staff" && ringConsole()]);
  }
}
