import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import { dropMemoryCopies } from "./forget";
import type { MemoryStrategy } from "./schema";
import { changeStrategy } from "./store-strategy";

const DEPLOYMENT = "deployment";

/**
 * Shows a conversation's past by another strategy from its next turn on; null follows the deployment again. Nothing that
 * is remembered changes, so it can be changed back. Written down with the old and the new one.
 */
export async function chooseStrategy(
  admin: StaffCaller,
  chosen: { conversationId: string; strategy: MemoryStrategy | null },
): Promise<void> {
  const { conversationId, strategy } = chosen;
  const isChanged = await changeStrategy(chosen, (tx, { customerId, previous }) =>
    audit(tx, {
      actor: admin.id,
      customerId,
      action: "memory_strategy_changed",
      metadata: {
        conversationId,
        previous: previous ?? DEPLOYMENT,
        state: strategy ?? DEPLOYMENT,
      },
    }),
  );
  if (!isChanged) {
    throw new Refusal("not_found");
  }
  await dropMemoryCopies(conversationId);
}
