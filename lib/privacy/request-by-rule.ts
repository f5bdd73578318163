import { newId } from "@/lib/id";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { addCalendarMonth } from "./calendar";
import { anonymizeUserId } from "./index-hash";
import { insertRequest } from "./store-request";
import { lockDueGuest } from "./store-retention";

/**
 * Opens the erasure of a guest whose days are over, by the rule that an admin has set; the job that is sent with it
 * carries it out. Null where they are not due any more.
 */
export async function openRetentionErasure(
  customerId: string,
  days: number,
  tx: Tx,
): Promise<string | null> {
  if (!(await lockDueGuest(customerId, days, tx))) {
    return null;
  }
  const [id, receivedAt, reason] = [newId(), new Date(), "retention_ended" as const];
  await insertRequest(
    {
      id,
      kind: "erasure",
      customerId,
      pseudonym: anonymizeUserId(customerId),
      openedBy: "staff",
      openedById: null,
      reason,
      receivedAt,
      dueAt: addCalendarMonth(receivedAt),
      // Nobody has to decide on it: the rule has.
      state: "waiting",
    },
    tx,
  );
  const metadata = { requestId: id, kind: "erasure", reason };
  await audit(tx, { actor: "system", customerId, action: "request_opened", metadata });
  return id;
}
