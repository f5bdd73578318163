import type { CustomerCaller } from "@/lib/auth/schema";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { enqueue } from "@/lib/job";
import { keyOf, seal } from "@/lib/privacy";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { addressAt } from "./message-seal";
import { requireSameKey } from "./store-lock";
import { act } from "./store-ownership";

/** Whoever looks at the answer reads it within this, and needs no mail. */
const LOOK_SECONDS = 8;

/**
 * The customer leaves an address at which an answer of a person is announced: sealed under their key, for this
 * conversation only, in place of one that they left before. Refused `conversation_stale` while the AI answers, because
 * then nobody owes them one.
 */
export async function leaveAddress(
  caller: CustomerCaller,
  conversationId: string,
  email: string,
): Promise<void> {
  const key = await keyOf(caller);
  const sealed = seal(key, addressAt(conversationId), email);
  await act(conversationId, caller.id, async (tx, held) => {
    requireSameKey(held, key);
    if (held.owner === "AI") {
      throw new Refusal("conversation_stale");
    }
    await db(tx).$executeRaw`
      INSERT INTO "ReplyAddress" (id, conversation_id, customer_id, email_sealed)
      VALUES (${held.id}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${sealed})
      ON CONFLICT (id) DO UPDATE SET email_sealed = EXCLUDED.email_sealed`;
  });
}

/** The customer takes the address back: nothing is announced any more, and links that were sent open nothing. */
export async function removeAddress(
  caller: Pick<CustomerCaller, "id">,
  conversationId: string,
): Promise<void> {
  await act(conversationId, caller.id, async (tx, held) => {
    const own = { conversationId: held.id, customerId: held.customerId };
    await db(tx).replyAddress.deleteMany({ where: own });
    await db(tx).replyLink.deleteMany({ where: own });
  });
}

/** A person has answered: where an address was left and mail can be sent, it is announced soon, if it is not read before. */
export async function announceSoon(tx: Tx, conversationId: string): Promise<void> {
  if (!env.SMTP_URL) {
    return;
  }
  const left = await db(tx).replyAddress.count({ where: { id: conversationId } });
  if (left > 0) {
    await enqueue(tx, "announce", { conversationId }, { startAfterSeconds: LOOK_SECONDS });
  }
}

const SETTLED_DAYS = 7;

/** What has served its purpose goes: addresses of conversations settled for a week, and links that open nothing. */
export async function removeServed(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "ReplyAddress" a USING "Conversation" c
    WHERE c.id = a.conversation_id AND c.status = 'solved'
      AND c.solved_at < clock_timestamp() - make_interval(days => ${SETTLED_DAYS}::int)`;
  await db().$executeRaw`DELETE FROM "ReplyLink" WHERE expires_at < clock_timestamp()`;
}
