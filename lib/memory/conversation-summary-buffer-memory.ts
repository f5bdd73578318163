import {
  type BaseChatMessageHistory,
  type BaseListChatMessageHistory,
  InMemoryChatMessageHistory,
} from "@langchain/core/chat_history";
import {
  BaseMemory,
  getInputValue,
  getOutputValue,
  type InputValues,
  type MemoryVariables,
  type OutputValues,
} from "@langchain/core/memory";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { BasePromptTemplate } from "@langchain/core/prompts";
import { log } from "@/lib/observability";
import { countTokens } from "./count-tokens";
import { policy } from "./policy";
import { findCut, turnStarts } from "./prune";
import { renderLines } from "./render";
import { summaryPrompt } from "./summary-prompt";

/** Anything of LangChain that answers a prompt: a chat model, an older completion model, a chain. */
export type SummaryModel = { invoke(prompt: string): Promise<unknown> };

export type ConversationSummaryBufferMemoryInput = {
  llm?: SummaryModel;
  chatHistory?: BaseChatMessageHistory | BaseListChatMessageHistory;
  returnMessages?: boolean;
  memoryKey?: string;
  inputKey?: string;
  outputKey?: string;
  humanPrefix?: string;
  aiPrefix?: string;
  maxTokenLimit?: number;
  /** How far a prune goes down, as a share of `maxTokenLimit`. 1 is Python's rule; the product takes less, less often. */
  lowWater?: number;
  /** `inline`: saveContext waits for the summariser, as the originals do. `background`: it does not. */
  fold?: "inline" | "background";
  prompt?: string | BasePromptTemplate;
  movingSummaryBuffer?: string;
  countTokens?: (text: string) => number;
};

/**
 * LangChain's ConversationSummaryBufferMemory: the newest turns raw, what came before as a running summary.
 *
 * Python's rules are the reference (langchain_classic `memory/summary_buffer.py`). What differs, each on purpose:
 * | LangChain | here | why |
 * |---|---|---|
 * | cuts between any two messages | cuts between turns only | an answer without its question, a tool result without its call |
 * | the newest turn may be pruned | always stays | the model would answer blind |
 * | JavaScript prunes only a live list | any chatHistory | behind Redis it pruned once and then never |
 * | a failing or empty summary loses the pruned messages | changes nothing, the next turn tries again | nothing may be lost |
 * | the input is stored before the output is checked | both or neither | a retry would store it twice |
 * | a limit of 0 or less prunes everything | refused | it remembers nothing and pays for a summary a turn |
 * | a text with line breaks can look like several speakers | its lines are indented | "AI: I refund you" written by a customer |
 */
export class ConversationSummaryBufferMemory extends BaseMemory {
  readonly memoryKey: string;
  readonly returnMessages: boolean;
  readonly maxTokenLimit: number;
  readonly lowWater: number;
  readonly fold: "inline" | "background";
  readonly humanPrefix: string;
  readonly aiPrefix: string;
  readonly inputKey: string | undefined;
  readonly outputKey: string | undefined;
  chatHistory: BaseChatMessageHistory | BaseListChatMessageHistory;
  movingSummaryBuffer: string;
  private readonly llm: SummaryModel | undefined;
  private readonly prompt: BasePromptTemplate;
  private readonly count: (text: string) => number;
  private folding: Promise<void> = Promise.resolve();

  constructor(input: ConversationSummaryBufferMemoryInput = {}) {
    super();
    this.llm = input.llm;
    this.chatHistory = input.chatHistory ?? new InMemoryChatMessageHistory();
    this.memoryKey = input.memoryKey ?? "history";
    this.returnMessages = input.returnMessages ?? false;
    this.maxTokenLimit = requirePositive(
      "maxTokenLimit",
      input.maxTokenLimit ?? policy.maxTokenLimit,
    );
    this.lowWater = Math.min(1, requirePositive("lowWater", input.lowWater ?? 1));
    this.fold = input.fold ?? "inline";
    this.humanPrefix = input.humanPrefix ?? "Human";
    this.aiPrefix = input.aiPrefix ?? "AI";
    this.inputKey = input.inputKey;
    this.outputKey = input.outputKey;
    this.prompt = summaryPrompt(input.prompt);
    this.movingSummaryBuffer = input.movingSummaryBuffer ?? "";
    this.count = input.countTokens ?? countTokens;
  }

  override get memoryKeys(): string[] {
    return [this.memoryKey];
  }

  /** The summary, if there is one, and the raw tail: messages, or one string. */
  override async loadMemoryVariables(_values: InputValues): Promise<MemoryVariables> {
    const tail = await this.chatHistory.getMessages();
    const summary = this.summaryText();
    const messages = summary === "" ? tail : [new SystemMessage(summary), ...tail];
    return { [this.memoryKey]: this.returnMessages ? messages : this.render(messages) };
  }

  /** Stores both sides of a turn, then folds what is over the limit. */
  override async saveContext(inputValues: InputValues, outputValues: OutputValues): Promise<void> {
    const input = getInputValue(inputValues, this.inputKey);
    const output = getOutputValue(outputValues, this.outputKey);
    await this.chatHistory.addMessages([new HumanMessage(input), new AIMessage(output)]);
    await (this.fold === "inline" ? this.prune() : this.pruneLater());
  }

  /** Folds the oldest turns into the summary while the tail is over the limit. Never throws for the summariser. */
  prune(): Promise<void> {
    // One after the other: two folds at once would fold the same turns twice.
    this.folding = this.folding.then(() => this.pruneNow());
    return this.folding;
  }

  /** Resolves when folding that goes on behind the answer has ended. */
  async settled(): Promise<void> {
    await this.folding;
  }

  async clear(): Promise<void> {
    await this.chatHistory.clear();
    this.movingSummaryBuffer = "";
  }

  /** Asks the model to join messages to a summary. An answer without text is "". */
  async predictNewSummary(messages: BaseMessage[], existingSummary: string): Promise<string> {
    if (!this.llm) {
      throw new Error("This memory was made without a model, so it cannot summarise");
    }
    const prompt = await this.prompt.format({
      summary: existingSummary,
      new_lines: this.render(messages),
    });
    return textOf(await this.llm.invoke(prompt)).trim();
  }

  /** What stands before the tail; a subclass may say more. */
  protected summaryText(): string {
    return this.movingSummaryBuffer;
  }

  private pruneLater(): Promise<void> {
    this.prune().catch((error: unknown) => {
      log.warn({ event: "memory_fold_failed", reason: nameOf(error) });
    });
    return Promise.resolve();
  }

  private async pruneNow(): Promise<void> {
    const messages = await this.chatHistory.getMessages();
    const cut = this.findCut(messages);
    if (cut === 0) {
      return;
    }
    const summary = await this.tryNewSummary(messages.slice(0, cut));
    if (summary === "") {
      return;
    }
    // Messages that came while the summariser wrote are kept too.
    const now = await this.chatHistory.getMessages();
    const kept = now.slice(cut);
    await this.chatHistory.clear();
    await this.chatHistory.addMessages(kept);
    this.movingSummaryBuffer = summary;
  }

  private async tryNewSummary(messages: BaseMessage[]): Promise<string> {
    try {
      return await this.predictNewSummary(messages, this.movingSummaryBuffer);
    } catch (error) {
      log.warn({ event: "memory_summary_failed", reason: nameOf(error) });
      return "";
    }
  }

  private findCut(messages: BaseMessage[]): number {
    const starts = turnStarts(messages.map((message) => ({ role: roleOf(message) })));
    const items = messages.map((message, index) => ({
      tokens: this.count(this.render([message])),
      startsTurn: starts[index] ?? false,
    }));
    const isOver = items.reduce((sum, { tokens }) => sum + tokens, 0) > this.maxTokenLimit;
    return isOver ? findCut(items, { tokens: this.maxTokenLimit * this.lowWater }) : 0;
  }

  private render(messages: BaseMessage[]): string {
    return renderLines(
      messages.map((message) => ({ speaker: this.speakerOf(message), text: message.text })),
    );
  }

  private speakerOf(message: BaseMessage): string {
    switch (message.type) {
      case "human":
        return this.humanPrefix;
      case "ai":
        return this.aiPrefix;
      case "system":
        return "System";
      case "tool":
        return "Tool";
      default:
        return message.name ?? message.type;
    }
  }
}

function requirePositive(name: string, value: number): number {
  if (!(value > 0)) {
    throw new RangeError(`${name} must be above 0, not ${value}`);
  }
  return value;
}

function roleOf(message: BaseMessage): "customer" | "assistant" | "tool" {
  if (message.type === "human") {
    return "customer";
  }
  return message.type === "tool" ? "tool" : "assistant";
}

function textOf(answer: unknown): string {
  if (typeof answer === "string") {
    return answer;
  }
  const text = (answer as { text?: unknown } | null)?.text;
  return typeof text === "string" ? text : "";
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
