import type { Caller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { db } from "@/lib/storage";
import { ringTyping } from "./store-events";

/**
 * The caller is writing. Told to whoever looks at the conversation at this moment, kept nowhere, and without a word of
 * what is written. A customer's is told while a person is concerned, a lead's while they own the conversation.
 */
export async function noteTyping(caller: Caller, conversationId: string): Promise<void> {
  const customerId = caller.kind === "customer" ? caller.id : null;
  const [row] = await db().$queryRaw<{ owner: string; assigneeId: string | null }[]>`
    SELECT c.owner::text, c.assignee_id AS "assigneeId"
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${conversationId}::uuid AND p.state = 'active'
      AND (${customerId}::uuid IS NULL OR c.customer_id = ${customerId}::uuid)`;
  if (!row) {
    throw new Refusal("not_found");
  }
  const concerns =
    caller.kind === "customer"
      ? row.owner !== "AI"
      : row.owner === "HUMAN" && row.assigneeId === caller.id;
  if (concerns) {
    await ringTyping(conversationId, caller.kind);
  }
}
