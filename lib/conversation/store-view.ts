import { anonymizeUserId, asRedacted, open, restoreAll } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, Prisma } from "@/lib/storage";
import { addressAt, type MessageRow, openTitle, viewOf } from "./message-seal";
import type {
  ConversationOwner,
  ConversationStatus,
  ConversationView,
  InboxRow,
  MessageRole,
  MessageView,
  PeopleView,
} from "./schema";
import { messageFields } from "./store-message";
import { type PeopleRow, peopleColumns, queueOf } from "./store-queue";

/** A conversation as a query reads it, with what its key needs. */
export type ViewRow = PeopleRow & {
  id: string;
  customerId: string;
  keyEpoch: number;
  status: ConversationStatus;
  owner: ConversationOwner;
  assigneeId: string | null;
  generation: number;
  lastSeq: number;
  titleSealed: Uint8Array | null;
  waitingSince: Date | null;
  handOffReason: string | null;
  lastMessageAt: Date;
  createdAt: Date;
  thumbsDown: number;
  summaryReviewed: boolean;
  unreadByStaff: boolean;
  unreadByCustomer: boolean;
  hasProposals: boolean;
};

/** Reads `c` (Conversation) joined with `p` (Customer). */
export const viewColumns = Prisma.sql`
  c.id, c.customer_id AS "customerId", p.key_epoch AS "keyEpoch", c.status::text, c.owner::text,
  c.assignee_id AS "assigneeId", c.generation, c.last_seq AS "lastSeq",
  c.title_sealed AS "titleSealed", c.waiting_since AS "waitingSince",
  ${peopleColumns}, c.hand_off_reason AS "handOffReason", c.last_message_at AS "lastMessageAt",
  c.created_at AS "createdAt", c.thumbs_down AS "thumbsDown",
  c.summary_reviewed AS "summaryReviewed", c.last_customer_seq > c.staff_read_seq AS "unreadByStaff",
  EXISTS (SELECT 1 FROM "Message" m WHERE m.conversation_id = c.id AND m.seq > c.customer_read_seq
    AND m.role IN ('assistant', 'staff')) AS "unreadByCustomer",
  EXISTS (SELECT 1 FROM "Proposal" o WHERE o.conversation_id = c.id) AS "hasProposals"`;

/** Readable: stored and not on its way out. */
export const readable = Prisma.sql`p.state IN ('active', 'restricted')`;

/** One conversation, of this customer when one is named; null when absent, foreign or being erased. */
export async function findViewRow(id: string, customerId: string | null): Promise<ViewRow | null> {
  const [row] = await db().$queryRaw<ViewRow[]>`
    SELECT ${viewColumns} FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${id}::uuid AND ${readable}
      AND (${customerId}::uuid IS NULL OR c.customer_id = ${customerId}::uuid)`;
  return row ?? null;
}

/** As its customer sees it, the title still in the placeholder form. */
export function customerView(key: SubjectKey, row: ViewRow): ConversationView {
  const people: PeopleView = {
    seenSeq: row.staffReadSeq,
    queue: queueOf(row),
    offered: row.offered,
    address: openAddress(key, row),
  };
  return { ...common(key, row), unread: row.unreadByCustomer, people };
}

function openAddress(key: SubjectKey, { id, addressSealed }: ViewRow): string | null {
  return addressSealed && open(key, addressAt(id), addressSealed);
}

/** As the inbox shows it; the customer's address only to the lead who sees their values. */
export function inboxRow(key: SubjectKey | null, row: ViewRow, withValues = false): InboxRow {
  const people: PeopleView = {
    seenSeq: row.customerReadSeq,
    queue: null,
    offered: false,
    address: key && withValues ? openAddress(key, row) : null,
  };
  return {
    ...common(key, row),
    people,
    unread: row.unreadByStaff,
    customerId: row.customerId,
    anonymizedUser: anonymizeUserId(row.customerId),
    assigneeId: row.assigneeId,
    handOffReason: row.handOffReason,
    handOffWhy: row.handOffWhy,
    addressLeft: row.addressSealed !== null,
    thumbsDown: row.thumbsDown,
    summaryReviewed: row.summaryReviewed,
    ...(key === null && { keyMissing: true }),
  };
}

function common(key: SubjectKey | null, row: ViewRow): Omit<ConversationView, "unread" | "people"> {
  return {
    id: row.id,
    status: row.status,
    owner: row.owner,
    title: key && openTitle(key, row.id, row.titleSealed),
    generation: row.generation,
    lastSeq: row.lastSeq,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    lastMessageAt: row.lastMessageAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Tool calls are the agent's own business, on no screen; notes are for staff. */
const forCustomer: MessageRole[] = ["customer", "assistant", "staff", "boundary", "event"];
const forStaff: MessageRole[] = [...forCustomer, "note"];
const PAGE = 200;
const SEQ_MAX = 2 ** 31 - 1;

type Range = { afterSeq?: number; beforeSeq?: number };

/** The newest messages of a range, oldest first, in the placeholder form; at most 200. */
export async function listMessages(
  key: SubjectKey,
  conversationId: string,
  reader: "customer" | "staff",
  { afterSeq = -1, beforeSeq = SEQ_MAX }: Range = {},
): Promise<MessageView[]> {
  const roles = reader === "staff" ? forStaff : forCustomer;
  const rows = await db().$queryRaw<RatedRow[]>`
    SELECT ${messageFields}, r.value AS rating
    FROM "Message" m LEFT JOIN "Rating" r ON r.message_id = m.id
    WHERE m.conversation_id = ${conversationId}::uuid AND m.customer_id = ${key.ownerId}::uuid
      AND m.role = ANY(${roles}::"MessageRole"[])
      AND m.seq > ${afterSeq}::int AND m.seq < ${beforeSeq}::int
    ORDER BY m.seq DESC LIMIT ${PAGE}`;
  return rows.reverse().map(({ rating, ...row }) => ({
    ...viewOf(key, row),
    ...(rating !== null && { rating: rating > 0 ? 1 : -1 }),
  }));
}

type RatedRow = MessageRow & { rating: number | null };

/** Puts the customer's values back into what is shown: at the customer's own edge, and for the lead who owns it. */
export async function restoreMessages(
  key: SubjectKey,
  messages: readonly MessageView[],
): Promise<MessageView[]> {
  const texts = messages.map(({ text }) => asRedacted(text));
  const restored = await restoreAll(key, texts);
  return messages.map((message, index) => ({ ...message, text: restored[index] ?? message.text }));
}

export async function restoreTitles<View extends ConversationView>(
  key: SubjectKey,
  views: readonly View[],
): Promise<View[]> {
  const titles = views.map(({ title }): RedactedText => asRedacted(title ?? ""));
  const restored = await restoreAll(key, titles);
  return views.map((view, index) => ({
    ...view,
    title: view.title === null ? null : (restored[index] ?? view.title),
  }));
}
