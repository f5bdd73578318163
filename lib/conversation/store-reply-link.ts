import { createHash } from "node:crypto";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import { db, transact } from "@/lib/storage";
import { readable } from "./store-view";

/** How long a mail's link opens its conversation. */
export const LINK_DAYS = 7;

/** The token is 256 random bits, so that a plain hash cannot be tried backwards. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where a link of a mail leads, and whether it still opens it for somebody without a session. */
export type ReplyLink = {
  conversationId: string;
  customerId: string;
  /** An account is entered by signing in, never by a link. */
  registered: boolean;
  usable: boolean;
};

/** What a link's token stands for, or null for one that we did not send or that was taken back. */
export async function findReplyLink(token: string): Promise<ReplyLink | null> {
  const [row] = await db().$queryRaw<ReplyLink[]>`
    SELECT l.conversation_id AS "conversationId", l.customer_id AS "customerId",
      p.kind = 'registered' AS registered,
      l.used_at IS NULL AND l.expires_at > clock_timestamp() AS usable
    FROM "ReplyLink" l JOIN "Customer" p ON p.id = l.customer_id
    WHERE l.token_hash = ${hashOf(token)} AND ${readable}`;
  return row ?? null;
}

/**
 * Uses a link up: whose conversation it opens, once. Refuses `link_used` for one that is used, expired, unknown, or of
 * somebody who has an account by now.
 */
export async function redeemReplyLink(token: string): Promise<ReplyLink> {
  return await transact(async (tx) => {
    const used = await db(tx).$queryRaw<{ customerId: string; conversationId: string }[]>`
      UPDATE "ReplyLink" l SET used_at = clock_timestamp() FROM "Customer" p
      WHERE p.id = l.customer_id AND p.kind = 'guest' AND ${readable}
        AND l.token_hash = ${hashOf(token)} AND l.used_at IS NULL AND l.expires_at > clock_timestamp()
      RETURNING l.customer_id AS "customerId", l.conversation_id AS "conversationId"`;
    const [link] = used;
    if (!link) {
      throw new Refusal("link_used");
    }
    const { customerId, conversationId } = link;
    const metadata = { conversationId };
    await audit(tx, { actor: "customer", customerId, action: "reply_link_used", metadata });
    return { ...link, registered: false, usable: false };
  });
}
