import { timingSafeEqual } from "node:crypto";
import { newId } from "@/lib/id";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type GuestOrder, OrderStatus } from "./schema";

/** Who asks, in which conversation, and for what: number and e-mail as keyed hashes. */
export type LookUp = {
  conversationId: string;
  customerId: string;
  number: string;
  numberIndex: string;
  emailIndex: string;
};

/** Tries in an hour: in one conversation, by one guest, and wrong ones for one number or one e-mail, whoever asks. */
const TRIES_MAX = { conversation: 5, guest: 10, number: 20, email: 20 };

/**
 * Notes the try and answers the order, null where number and e-mail do not belong together, or `limited`. A number that
 * does not exist and an e-mail that is not its own cost the same statements.
 */
export async function lookUpOnce(given: LookUp): Promise<GuestOrder | null | "limited"> {
  return await transact(async (tx) => {
    // One after the other in a conversation: tries at the same moment must not share the last free place.
    await db(tx).$queryRaw`
      SELECT 1 FROM "Conversation" WHERE id = ${given.conversationId}::uuid
        AND customer_id = ${given.customerId}::uuid FOR NO KEY UPDATE`;
    if (await isLimited(tx, given)) {
      return "limited";
    }
    const order = await findWith(tx, given);
    const { number: _, ...noted } = given;
    await db(tx).shopLookUp.create({
      data: { id: newId(), ...noted, found: order !== null },
      select: { id: true },
    });
    return order;
  });
}

async function isLimited(tx: Tx, given: LookUp): Promise<boolean> {
  const [tried] = await db(tx).$queryRaw<Record<keyof typeof TRIES_MAX, number>[]>`
    SELECT
      count(*) FILTER (WHERE conversation_id = ${given.conversationId}::uuid)::int AS conversation,
      count(*) FILTER (WHERE customer_id = ${given.customerId}::uuid)::int AS guest,
      count(*) FILTER (WHERE number_index = ${given.numberIndex} AND NOT found)::int AS number,
      count(*) FILTER (WHERE email_index = ${given.emailIndex} AND NOT found)::int AS email
    FROM "ShopLookUp" WHERE created_at > now() - interval '1 hour'
      AND (conversation_id = ${given.conversationId}::uuid OR customer_id = ${given.customerId}::uuid
        OR number_index = ${given.numberIndex} OR email_index = ${given.emailIndex})`;
  return (
    tried !== undefined &&
    (tried.conversation >= TRIES_MAX.conversation ||
      tried.guest >= TRIES_MAX.guest ||
      tried.number >= TRIES_MAX.number ||
      tried.email >= TRIES_MAX.email)
  );
}

type Row = {
  number: string;
  status: string;
  expectedAt: Date | null;
  deliveredAt: Date | null;
  emailIndex: string | null;
};

async function findWith(tx: Tx, { number, emailIndex }: LookUp): Promise<GuestOrder | null> {
  const [row] = await db(tx).$queryRaw<Row[]>`
    SELECT o.number, o.status, o.expected_at AS "expectedAt", o.delivered_at AS "deliveredAt",
      c.email_index AS "emailIndex"
    FROM "ShopOrder" o JOIN "Customer" c ON c.id = o.customer_id AND c.state = 'active'
    WHERE o.number = ${number}`;
  const theirs = Buffer.from((row?.emailIndex ?? "").padEnd(emailIndex.length));
  const same = timingSafeEqual(theirs, Buffer.from(emailIndex));
  return row && same
    ? {
        number: row.number,
        status: OrderStatus.parse(row.status),
        expectedAt: row.expectedAt?.toISOString() ?? null,
        deliveredAt: row.deliveredAt?.toISOString() ?? null,
      }
    : null;
}

/** Tries that no limit counts any more. */
export async function dropOldLookUps(): Promise<number> {
  return await db().$executeRaw`
    DELETE FROM "ShopLookUp" WHERE created_at < now() - interval '1 day'`;
}
