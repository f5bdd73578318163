import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { makePlan, type PlannedCall } from "./offline-plan";
import { composeReply } from "./offline-reply";
import { readSituation } from "./offline-situation";

type Options = {
  /** A pause between words, so that an answer is seen being written. */
  wordDelayMs?: number;
  /** Said before the answer: why this model answers although another is configured. */
  preface?: string;
};

/**
 * Runs the product without any model of somebody else: fixed rules over the same messages and the same tools.
 *
 * Deterministic, so that demo, tests and the last fallback say the same every time; it says what it is when asked.
 */
export class OfflineModel extends BaseChatModel {
  private readonly wordDelayMs: number;
  private readonly preface: string;

  constructor({ wordDelayMs = 0, preface = "" }: Options = {}) {
    super({});
    this.wordDelayMs = wordDelayMs;
    this.preface = preface;
  }

  _llmType(): string {
    return "recollect-offline";
  }

  /** The tools are known by name, so binding changes nothing. */
  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const { text, calls } = answerOf(messages, this.preface);
    const message = new AIMessage({ content: text, tool_calls: calls.map(toToolCall) });
    return { generations: [{ text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { text, calls } = answerOf(messages, this.preface);
    if (calls.length > 0) {
      const tool_call_chunks = calls.map(({ name, args }, index) => ({
        ...toToolCall({ name, args }, index),
        args: JSON.stringify(args),
        index,
        type: "tool_call_chunk" as const,
      }));
      const message = new AIMessageChunk({ content: "", tool_call_chunks });
      yield new ChatGenerationChunk({ text: "", message });
      return;
    }
    for (const word of text.match(/\s*\S+\s*/g) ?? []) {
      if (this.wordDelayMs > 0) {
        await sleep(this.wordDelayMs, undefined, options.signal ? { signal: options.signal } : {});
      }
      const chunk = new ChatGenerationChunk({ text: word, message: new AIMessageChunk(word) });
      yield chunk;
      await runManager?.handleLLMNewToken(word, undefined, undefined, undefined, undefined, {
        chunk,
      });
    }
  }
}

function answerOf(
  messages: BaseMessage[],
  preface: string,
): { text: string; calls: PlannedCall[] } {
  const situation = readSituation(messages);
  const plan = makePlan(situation);
  // The plan is a function of what was said, so once its tools have answered it is only left to write.
  if (situation.answers.length < plan.calls.length) {
    return { text: "", calls: plan.calls };
  }
  const reply = composeReply(situation, plan);
  return { text: preface ? `${preface}\n\n${reply}` : reply, calls: [] };
}

function toToolCall({ name, args }: PlannedCall, index: number) {
  return { id: `call_${index + 1}`, name, args, type: "tool_call" as const };
}
