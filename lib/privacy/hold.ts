import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit } from "./audit";
import { anonymizeUserId } from "./index-hash";
import { HoldReason, type HoldView, type ReleaseReason } from "./schema-retention";
import { inTransaction } from "./store-erase";
import { endHold, findHolds, insertHold, isHeld, lockOwnerOf } from "./store-hold";
import { lockCustomer } from "./store-request";

type Admin = Pick<StaffCaller, "id">;
type Setting = { reason: HoldReason } & ({ customerId: string } | { conversationId: string });

/**
 * An admin keeps a conversation, or everything of a customer, from retention until the hold is released. Waits for a
 * removal that is under way, and refuses `not_found` where that has been quicker; `hold_stands` where one stands.
 * An erasure that somebody has asked for is not stopped by it: whoever decides on the request sees to that.
 */
export async function setHold(admin: Admin, given: Setting): Promise<string> {
  return await inTransaction(async (tx) => {
    const conversationId = "conversationId" in given ? given.conversationId : null;
    const customerId =
      "customerId" in given ? given.customerId : await lockOwnerOf(given.conversationId, tx);
    if (!(customerId && (await lockCustomer(customerId, tx)))) {
      throw new Refusal("not_found");
    }
    if (await isHeld({ customerId, conversationId }, tx)) {
      throw new Refusal("hold_stands");
    }
    const [id, reason] = [newId(), given.reason];
    await insertHold({ id, customerId, conversationId, reason, setById: admin.id }, tx);
    const metadata = { reason, ...(conversationId ? { conversationId } : {}) };
    await audit(tx, { actor: admin.id, customerId, action: "hold_set", metadata });
    return id;
  });
}

/** An admin releases a hold: what is due by then goes with the next run. */
export async function releaseHold(
  admin: Admin,
  { holdId, reason }: { holdId: string; reason: ReleaseReason },
): Promise<void> {
  await inTransaction(async (tx) => {
    const row = await endHold({ id: holdId, reason, by: admin.id }, tx);
    if (!row) {
      throw new Refusal("not_found");
    }
    const { customerId, conversationId } = row;
    const metadata = { reason, ...(conversationId ? { conversationId } : {}) };
    await audit(tx, { actor: admin.id, customerId, action: "hold_released", metadata });
  });
}

/** Holds that stand, the newest first; `next` is the `before` of the following page. For admins. */
export async function listHolds({
  before = null,
  limit = 25,
}: {
  before?: string | null;
  limit?: number;
} = {}): Promise<{ holds: HoldView[]; next: string | null }> {
  const found = await findHolds(before, limit + 1);
  const holds = found.slice(0, limit).map(
    ({ id, customerId, conversationId, reason, setById, setAt }): HoldView => ({
      id,
      pseudonym: anonymizeUserId(customerId),
      conversationId,
      reason: HoldReason.catch("legal_claim").parse(reason),
      setBy: setById,
      setAt: setAt.toISOString(),
    }),
  );
  return { holds, next: found.length > limit ? (holds.at(-1)?.id ?? null) : null };
}
