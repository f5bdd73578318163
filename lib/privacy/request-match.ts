import { Refusal } from "@/lib/errors";
import { audit } from "./audit";
import { openRequest } from "./request";
import type { DataRequestView } from "./schema-request";
import { inTransaction } from "./store-erase";
import { insertMatch } from "./store-person";
import { findForDecision } from "./store-request-flow";

/**
 * An admin says whether another record is the same person's. Joined, the same is asked for it, received on the same day,
 * by a request of its own beside this one; excluded, it is not shown for this request again. What somebody said about a
 * correction is theirs alone, so corrections are not joined.
 */
export async function decideMatch(
  admin: { id: string },
  requestId: string,
  { customerId, joined }: { customerId: string; joined: boolean },
): Promise<DataRequestView | null> {
  const request = await findForDecision(requestId);
  if (!request?.customerId || request.customerId === customerId) {
    throw new Refusal("not_found");
  }
  if (joined && request.kind === "rectification") {
    throw new Refusal("request_state");
  }
  const opened = joined
    ? await openRequest({
        kind: request.kind,
        customerId,
        openedBy: "staff",
        openedById: admin.id,
        reason: "other",
        receivedAt: request.receivedAt,
        joinedToId: requestId,
      })
    : null;
  await inTransaction(async (tx) => {
    await insertMatch({ requestId, customerId, joined, decidedById: admin.id }, tx);
    const metadata = { requestId, on: joined };
    await audit(tx, { actor: admin.id, customerId, action: "request_match_decided", metadata });
  });
  return opened;
}
