import { randomBytes } from "node:crypto";
import { newId } from "@/lib/id";
import { keyOf, open } from "@/lib/privacy";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { addressAt } from "./message-seal";
import { lockConversation } from "./store-lock";
import { hashOf, LINK_DAYS } from "./store-reply-link";

const TOKEN_BYTES = 32;
/** Longer than a mail server may take. Who died while sending is followed by the job's next try after this. */
const SENDING_SECONDS = 60;

/** A mail that is due: where to, the link's path, and the answer that it speaks of. */
export type Due = { to: string; path: string; linkId: string; seq: number };

/** Somebody else is sending this one, or died over it: the job comes again. */
class BeingSent extends Error {
  override readonly name = "BeingSent";
}

/**
 * Takes the mail of a conversation, or null where none is due: no address, nothing unread of a person, or one was sent
 * since the customer last read (a pause has one mail, however much is written in it).
 */
export async function claimMail(conversationId: string): Promise<Due | null> {
  return await transact(async (tx) => {
    const held = await lockConversation(tx, conversationId);
    const row = held?.customerState === "active" ? await findDue(tx, conversationId) : null;
    if (!(held && row)) {
      return null;
    }
    if (row.beingSent) {
      throw new BeingSent("The mail is being sent");
    }
    const key = await keyOf({ id: held.customerId, keyEpoch: held.keyEpoch }, tx);
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const linkId = newId();
    await db(tx).$executeRaw`
      INSERT INTO "ReplyLink" (id, conversation_id, customer_id, token_hash, expires_at)
      VALUES (${linkId}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${hashOf(token)},
        clock_timestamp() + make_interval(days => ${LINK_DAYS}::int))`;
    await db(tx).$executeRaw`
      UPDATE "ReplyAddress" SET
        mailing_until = clock_timestamp() + make_interval(secs => ${SENDING_SECONDS}::int)
      WHERE id = ${held.id}::uuid`;
    const to = open(key, addressAt(held.id), row.emailSealed);
    return { to, path: `/reply/${token}`, linkId, seq: row.seq };
  });
}

type DueRow = { emailSealed: Uint8Array; beingSent: boolean; seq: number };

async function findDue(tx: Tx, conversationId: string): Promise<DueRow | null> {
  const [row] = await db(tx).$queryRaw<DueRow[]>`
    SELECT a.email_sealed AS "emailSealed", coalesce(a.mailing_until > clock_timestamp(), false) AS "beingSent",
      m.seq
    FROM "ReplyAddress" a JOIN "Conversation" c ON c.id = a.conversation_id
    JOIN LATERAL (
      SELECT max(seq) AS seq FROM "Message"
      WHERE conversation_id = c.id AND role = 'staff') m ON m.seq > c.customer_read_seq
    WHERE a.id = ${conversationId}::uuid AND a.mailed_seq <= c.customer_read_seq`;
  return row ?? null;
}

/** It was sent, or the server takes none for this address: either way the pause has had its mail. */
export async function settleMail(conversationId: string, { seq }: Due): Promise<void> {
  await db().$executeRaw`
    UPDATE "ReplyAddress" SET mailed_seq = greatest(mailed_seq, ${seq}), mailing_until = NULL
    WHERE id = ${conversationId}::uuid`;
}

/** It was not sent: the next try makes a link of its own. */
export async function giveMailBack(conversationId: string, { linkId }: Due): Promise<void> {
  await db().$executeRaw`
    UPDATE "ReplyAddress" SET mailing_until = NULL WHERE id = ${conversationId}::uuid`;
  await db().replyLink.deleteMany({ where: { id: linkId } });
}
