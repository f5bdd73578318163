import type { BaseMessage } from "@langchain/core/messages";
import { countTokens } from "@/lib/memory";
import { report } from "@/lib/observability";
import { amountOf, type Usage } from "./spending";
import { addSpent } from "./store-spending";

/**
 * Counts what a call has used. A provider that does not say so, or a call that broke off, is counted by our own
 * tokenizer; one that never said a word is not counted. A count that fails harms no answer.
 */
export async function keepSpent(
  turnId: string | null,
  usage: Usage,
  asked: readonly BaseMessage[],
  said: string,
): Promise<void> {
  const told = usage.promptTokens > 0 || said === "";
  const used = told ? usage : { promptTokens: weigh(asked), completionTokens: countTokens(said) };
  const amount = amountOf(used);
  if (amount.tokens === 0) {
    return;
  }
  try {
    await addSpent(turnId, amount);
  } catch (error) {
    report(error, { where: "agent.spent" });
  }
}

function weigh(messages: readonly BaseMessage[]): number {
  return messages.reduce((sum, { text }) => sum + countTokens(text), 0);
}
