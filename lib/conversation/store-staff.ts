import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { asRedacted, bodyMac, keyOf, redact, restore } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { cleanText } from "./clean-text";
import { type MessageRow, viewOf } from "./message-seal";
import type { MessageView, StaffConversation } from "./schema";
import { ringConsole, ringConversation } from "./store-events";
import { type Held, nextSeq, requireLocked, requireSameKey } from "./store-lock";
import { insertMessage, messageFields } from "./store-message";
import { proposalsFor } from "./store-proposal";
import { announceSoon } from "./store-reply-address";
import {
  findViewRow,
  inboxRow,
  listMessages,
  restoreMessages,
  restoreTitles,
  type ViewRow,
} from "./store-view";

type Written = { id: string; conversationId: string; text: string };

/** The lead who owns a conversation sees the customer's values in it; everyone else reads placeholders. */
export function seesValues(staff: Pick<StaffCaller, "id">, row: ViewRow): boolean {
  return row.owner === "HUMAN" && row.assigneeId === staff.id;
}

/** A conversation for a lead, with its newest 200 messages (before `beforeSeq`) and internal notes; or null. */
export async function findForStaff(
  staff: StaffCaller,
  id: string,
  range: { beforeSeq?: number } = {},
): Promise<StaffConversation | null> {
  const row = await findViewRow(id, null);
  if (!row) {
    return null;
  }
  const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
  const messages = await listMessages(key, id, "staff", range);
  const restoredFor = seesValues(staff, row);
  const conversation = inboxRow(key, row, restoredFor);
  const proposals = row.hasProposals ? await proposalsFor(key, id, restoredFor) : [];
  if (!restoredFor) {
    return { conversation, messages, proposals, restored: false };
  }
  const [restored = conversation] = await restoreTitles(key, [conversation]);
  return {
    conversation: restored,
    messages: await restoreMessages(key, messages),
    proposals,
    restored: true,
  };
}

/**
 * The owning lead's answer to the customer: redacted and sealed like the customer's own words, idempotent by the
 * client's id. Refuses `conversation_owned` when the lead does not own the conversation.
 */
export async function sendStaffMessage(staff: StaffCaller, given: Written): Promise<MessageView> {
  const { key, message } = await write(staff, given, "staff");
  await Promise.all([ringConversation(given.conversationId), ringConsole()]);
  return { ...message, text: await restore(key, asRedacted(message.text)) };
}

/** An internal note: never on the customer's screen, never in a prompt. Any lead may write one. */
export async function addNote(staff: StaffCaller, given: Written): Promise<MessageView> {
  const { message } = await write(staff, given, "note");
  await ringConversation(given.conversationId);
  return message;
}

async function write(staff: StaffCaller, given: Written, role: "staff" | "note") {
  const clean = cleanText(given.text);
  const row = await findViewRow(given.conversationId, null);
  if (!row) {
    throw new Refusal("not_found");
  }
  const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
  const text = await redact(key, clean);
  const run = () => transact((tx) => store(tx, key, staff, { ...given, text, role }));
  try {
    return { key, message: await run() };
  } catch (error) {
    // Two tabs sent it at once: the second try sees the first one's row.
    if (isUniqueViolation(error)) {
      return { key, message: await run() };
    }
    throw error;
  }
}

type Line = { id: string; conversationId: string; text: RedactedText; role: "staff" | "note" };

async function store(
  tx: Tx,
  key: SubjectKey,
  staff: StaffCaller,
  line: Line,
): Promise<MessageView> {
  const held = await requireLocked(tx, line.conversationId, key.ownerId);
  requireSameKey(held, key);
  const before = await findWritten(tx, key, staff, line);
  if (before) {
    return before;
  }
  if (line.role === "staff") {
    requireOwner(held, staff);
  }
  const seq = await nextSeq(tx, held.id);
  const message = await insertMessage(tx, key, {
    ...line,
    customerId: held.customerId,
    seq,
    authorId: staff.id,
    meta: { authorName: staff.name },
  });
  if (line.role === "staff") {
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET last_message_at = clock_timestamp(), staff_read_seq = ${seq}, asked_at = NULL
      WHERE id = ${held.id}::uuid`;
    await announceSoon(tx, held.id);
  }
  return message;
}

function requireOwner(held: Held, staff: StaffCaller): void {
  if (held.owner !== "HUMAN" || held.assigneeId !== staff.id) {
    throw new Refusal("conversation_owned");
  }
}

type Stored = MessageRow & {
  conversationId: string;
  authorId: string | null;
  bodyMac: Uint8Array;
};

async function findWritten(
  tx: Tx,
  key: SubjectKey,
  staff: StaffCaller,
  line: Line,
): Promise<MessageView | null> {
  const [row] = await db(tx).$queryRaw<Stored[]>`
    SELECT ${messageFields}, m.conversation_id AS "conversationId", m.author_id AS "authorId",
      m.body_mac AS "bodyMac"
    FROM "Message" m WHERE m.id = ${line.id}::uuid`;
  if (!row) {
    return null;
  }
  const mine = row.authorId === staff.id && row.conversationId === line.conversationId;
  const same = Buffer.from(row.bodyMac).equals(bodyMac(key, line.text));
  if (!(mine && same) || row.role !== line.role) {
    throw new Refusal("message_id_reused");
  }
  return viewOf(key, row);
}
