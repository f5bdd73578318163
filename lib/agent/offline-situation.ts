import type { BaseMessage } from "@langchain/core/messages";
import { isEffectCall } from "@/lib/conversation/schema";
import { readFacts } from "./fact-block";
import { readMemoryBlock } from "./memory-block";

export type Line = { speaker: "customer" | "assistant"; text: string };
export type ToolAnswer = { name: string; content: string };

/** All that the offline model knows when it answers, read out of the messages that any model would get. */
export type Situation = {
  /** What the customer wrote since the last answer. */
  input: string;
  /** Earlier turns that are still shown word for word, oldest first. */
  history: Line[];
  /** The summary of older turns, and below it those that the question brought back; "" when there is neither. */
  summary: string;
  /** Exact values beside it, such as "order: ORD-789456". */
  values: string[];
  /** What earlier conversations told of the customer, such as "Customer works at TechCorp." */
  facts: string[];
  /** Tools called in this turn so far. */
  answers: ToolAnswer[];
  /** What came of changes that the customer confirmed since the last answer. */
  results: string[];
};

/** Reads the conversation: everything the customer said after the last finished answer is the question. */
export function readSituation(messages: BaseMessage[]): Situation {
  const system = messages.filter((message) => message.type === "system").map(textOf);
  const { summary, recalled, values } = readMemoryBlock(system.join("\n"));
  const spoken = messages.filter((message) => message.type !== "system");
  const lastAnswer = spoken.findLastIndex(
    (message) => message.type === "ai" && !isToolCall(message),
  );
  const current = spoken.slice(lastAnswer + 1);
  return {
    input: current.filter(isHuman).map(textOf).join("\n"),
    history: spoken.slice(0, lastAnswer + 1).flatMap(toLine),
    summary: [summary, recalled].filter((part) => part !== "").join("\n"),
    values,
    facts: readFacts(system.join("\n")),
    answers: current
      .filter((message) => message.type === "tool" && !isResult(message))
      .map((message) => ({ name: message.name ?? "", content: textOf(message) })),
    results: current.filter(isResult).map(textOf),
  };
}

function isHuman(message: BaseMessage): boolean {
  return message.type === "human";
}

function isResult(message: BaseMessage): boolean {
  const callId = "tool_call_id" in message ? message.tool_call_id : "";
  return typeof callId === "string" && isEffectCall(callId);
}

function isToolCall(message: BaseMessage): boolean {
  const calls = "tool_calls" in message ? message.tool_calls : [];
  return Array.isArray(calls) && calls.length > 0;
}

function toLine(message: BaseMessage): Line[] {
  const text = textOf(message);
  if (text === "" || message.type === "tool") {
    return [];
  }
  return [{ speaker: isHuman(message) ? "customer" : "assistant", text }];
}

function textOf(message: BaseMessage): string {
  return message.text;
}
