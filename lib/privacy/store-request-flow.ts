import { newId } from "@/lib/id";
import { db, notify } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

const whole = {
  id: true,
  kind: true,
  state: true,
  customerId: true,
  openedBy: true,
  openedById: true,
  receivedAt: true,
  dueAt: true,
  extendedAt: true,
  codeIssuedAt: true,
  codeTries: true,
  runAfter: true,
  statementSealed: true,
  joinedToId: true,
} as const;

async function findHeld(id: string, tx?: Tx) {
  return await db(tx).dataRequest.findUnique({ where: { id }, select: whole });
}

/** A request whose row this transaction holds, as its decisions need it. */
export type HeldRequest = NonNullable<Awaited<ReturnType<typeof findHeld>>>;

/** Locks the request, of this customer when one is named; null when it is absent or somebody else's. */
export async function holdRequest(
  id: string,
  tx: Tx,
  customerId?: string,
): Promise<HeldRequest | null> {
  await db(tx).$queryRaw`SELECT id FROM "DataRequest" WHERE id = ${id}::uuid FOR UPDATE`;
  const held = await findHeld(id, tx);
  return held && (customerId === undefined || held.customerId === customerId) ? held : null;
}

/** The same without a lock, to look at. */
export async function findForDecision(id: string): Promise<HeldRequest | null> {
  return await findHeld(id);
}

type RequestChange = Partial<{
  dueAt: Date;
  extendedAt: Date;
  extensionReason: string;
  refusalReason: string;
  confirmedBy: string | null;
  codeIssuedAt: Date | null;
  codeTries: number;
  decidedById: string;
  decidedAt: Date;
  runAfter: Date | null;
}>;

/** Writes what was decided; moves of the state go through `moveRequest`. */
export async function changeRequest(id: string, change: RequestChange, tx: Tx): Promise<void> {
  await db(tx).dataRequest.update({ where: { id }, data: change });
}

/** Stored, not processed, from the commit on; false where the customer is not active. */
export async function restrictCustomer(customerId: string, tx: Tx): Promise<boolean> {
  const { count } = await db(tx).customer.updateMany({
    where: { id: customerId, state: "active" },
    data: { state: "restricted" },
  });
  // Conversation first, as everywhere: a runner that still writes is refused, and its turn is over.
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET generation = generation + 1 WHERE customer_id = ${customerId}::uuid`;
  await db(tx).$executeRaw`
    UPDATE "Turn" SET state = 'cancelled', cancel_requested = true, lease_until = NULL,
      checkpoint_sealed = NULL, finished_at = clock_timestamp()
    WHERE customer_id = ${customerId}::uuid AND state IN ('pending', 'running')`;
  // Streams look again, and every process drops what it keeps of them in its memory.
  await notify("gone", customerId, tx);
  return count === 1;
}

/** Processed again; false where nothing was restricted. Requests say who lifted it. */
export async function unrestrictCustomer(
  customerId: string,
  by: "customer" | "staff",
  tx: Tx,
): Promise<boolean> {
  const { count } = await db(tx).customer.updateMany({
    where: { id: customerId, state: "restricted" },
    data: { state: "active" },
  });
  await db(tx).dataRequest.updateMany({
    where: { customerId, kind: "restriction", state: "done", liftedAt: null },
    data: { liftedAt: new Date(), liftedBy: by },
  });
  await notify("gone", customerId, tx);
  return count === 1;
}

/**
 * What an objection switches off: remembering across and within conversations, and being counted. What was agreed to
 * before stays as it was written down; the newest word is that both are refused.
 */
export async function switchPurposesOff(customerId: string, tx: Tx): Promise<void> {
  await db(tx).customer.updateMany({ where: { id: customerId }, data: { memoryOn: false } });
  await db(tx).$executeRaw`
    INSERT INTO "Consent" (id, customer_id, text_version, text_hash, memory, analytics)
    SELECT ${newId()}::uuid, customer_id, text_version, text_hash, false, false FROM "Consent"
    WHERE customer_id = ${customerId}::uuid ORDER BY created_at DESC LIMIT 1`;
}

/** Whose the request is and which key opens what was said about it; null where nobody is known (any more). */
export async function findPersonOf(
  customerId: string,
  tx?: Tx,
): Promise<{ id: string; keyEpoch: number } | null> {
  return await db(tx).customer.findFirst({
    where: { id: customerId, state: { in: ["active", "restricted"] } },
    select: { id: true, keyEpoch: true },
  });
}
