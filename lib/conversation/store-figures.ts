import { db } from "@/lib/storage";
import type { CustomerFigures } from "./schema";

/**
 * Counts what was said (no notes, tool calls or lines of ours) in all conversations of one customer. Null, and nothing
 * is counted, where they have not agreed to that.
 */
export async function countForCustomer(customerId: string): Promise<CustomerFigures | null> {
  const agreed = await db().consent.findFirst({
    where: { customerId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { analytics: true },
  });
  if (!agreed?.analytics) {
    return null;
  }
  const [conversations, totalMessages] = await Promise.all([
    db().conversation.aggregate({
      where: { customerId },
      _count: true,
      _max: { lastMessageAt: true },
    }),
    db().message.count({
      where: { customerId, role: { in: ["customer", "assistant", "staff"] } },
    }),
  ]);
  const totalConversations = conversations._count;
  return {
    totalConversations,
    avgMessagesPerConversation: totalConversations > 0 ? totalMessages / totalConversations : 0,
    lastInteraction: conversations._max.lastMessageAt?.toISOString() ?? null,
    totalMessages,
  };
}
