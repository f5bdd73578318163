import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { audit, keyOf } from "@/lib/privacy";
import { transact } from "@/lib/storage";
import type { MessageView, RevealReason } from "./schema";
import { findViewRow, listMessages, restoreMessages } from "./store-view";

/**
 * A conversation's newest messages with the customer's values in them, for a lead who does not own it: the reason is
 * written into the audit log first, so that nothing is shown that was not written down.
 */
export async function revealValues(
  staff: StaffCaller,
  conversationId: string,
  reason: RevealReason,
): Promise<MessageView[]> {
  const row = await findViewRow(conversationId, null);
  if (!row) {
    throw new Refusal("not_found");
  }
  const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
  const { customerId } = row;
  const metadata = { conversationId, reason };
  await transact((tx) =>
    audit(tx, { actor: staff.id, customerId, action: "values_revealed", metadata }),
  );
  return await restoreMessages(key, await listMessages(key, conversationId, "staff"));
}
