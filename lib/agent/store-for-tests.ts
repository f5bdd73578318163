import type { CustomerCaller } from "@/lib/auth/schema";
import { AnswerMeta } from "@/lib/conversation/schema";
import { keyOf, open } from "@/lib/privacy";
import { db } from "@/lib/storage";

/** The newest answer as it lies in the table, with what is kept beside it, and how its turn ended. */
export async function readLastAnswer(customer: CustomerCaller, conversationId: string) {
  const key = await keyOf(customer);
  const row = await db().message.findFirstOrThrow({
    where: { conversationId, role: "assistant" },
    orderBy: { seq: "desc" },
  });
  const turn = await db().turn.findFirstOrThrow({
    where: { conversationId },
    orderBy: { createdAt: "desc" },
    select: { state: true, failure: true },
  });
  const opened = (column: "bodySealed" | "metaSealed", sealed: Uint8Array) =>
    open(key, { table: "Message", row: row.id, column }, sealed);
  return {
    text: opened("bodySealed", row.bodySealed),
    state: row.state,
    meta: row.metaSealed ? AnswerMeta.parse(JSON.parse(opened("metaSealed", row.metaSealed))) : {},
    turn,
  };
}
