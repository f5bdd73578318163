import type { ClaimedTurn } from "@/lib/conversation/schema";
import { factsForTurn } from "@/lib/customer";
import type { Fact } from "@/lib/customer/schema";
import { report } from "@/lib/observability";

/**
 * What other conversations told of the customer, begun to be read at once, beside all else that a turn needs. Switched
 * off, nothing is asked. A turn goes on without them when they cannot be read.
 */
export async function knownFacts(
  turn: Pick<ClaimedTurn, "memoryOn" | "conversationId" | "customerId" | "keyEpoch">,
): Promise<Fact[]> {
  if (!turn.memoryOn) {
    return [];
  }
  try {
    return await factsForTurn(turn);
  } catch (error) {
    report(error, { where: "agent.facts", conversationId: turn.conversationId });
    return [];
  }
}
