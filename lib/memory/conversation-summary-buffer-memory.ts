import type { InputValues, MemoryVariables, OutputValues } from "@langchain/core/memory";
import type { BaseMessage } from "@langchain/core/messages";
import { log } from "@/lib/observability";
import {
  BaseConversationSummaryMemory,
  type ConversationSummaryInput,
} from "./base-conversation-summary-memory";
import { weighMessages } from "./chat-memory";
import { countTokens } from "./count-tokens";
import { policy } from "./policy";
import { findCut } from "./prune";
import { nameOf } from "./text-model";

export type ConversationSummaryBufferMemoryInput = ConversationSummaryInput & {
  maxTokenLimit?: number;
  /** How far a prune goes down, as a share of `maxTokenLimit`. 1 is Python's rule; the product takes less, less often. */
  lowWater?: number;
  /** `inline`: saveContext waits for the summariser, as the originals do. `background`: it does not. */
  fold?: "inline" | "background";
  movingSummaryBuffer?: string;
  countTokens?: (text: string) => number;
};

/**
 * LangChain's ConversationSummaryBufferMemory: the newest turns raw, what came before as a running summary. Python's
 * rules are the reference (langchain_classic `memory/summary_buffer.py`); the room's door says what differs.
 */
export class ConversationSummaryBufferMemory extends BaseConversationSummaryMemory {
  readonly maxTokenLimit: number;
  readonly lowWater: number;
  readonly fold: "inline" | "background";
  movingSummaryBuffer: string;
  private readonly count: (text: string) => number;

  constructor(input: ConversationSummaryBufferMemoryInput = {}) {
    super(input);
    this.maxTokenLimit = requirePositive(
      "maxTokenLimit",
      input.maxTokenLimit ?? policy.maxTokenLimit,
    );
    this.lowWater = Math.min(1, requirePositive("lowWater", input.lowWater ?? 1));
    this.fold = input.fold ?? "inline";
    this.movingSummaryBuffer = input.movingSummaryBuffer ?? "";
    this.count = input.countTokens ?? countTokens;
  }

  /** The summary, if there is one, and the raw tail: messages, or one string. */
  override async loadMemoryVariables(_values: InputValues): Promise<MemoryVariables> {
    const tail = await this.chatHistory.getMessages();
    const summary = this.summaryText();
    return this.asVariables(summary === "" ? tail : [this.summaryMessage(summary), ...tail]);
  }

  /** Stores both sides of a turn, then folds what is over the limit. */
  override async saveContext(inputValues: InputValues, outputValues: OutputValues): Promise<void> {
    await super.saveContext(inputValues, outputValues);
    await (this.fold === "inline" ? this.prune() : this.pruneLater());
  }

  /** Folds the oldest turns into the summary while the tail is over the limit. Never throws for the summariser. */
  prune(): Promise<void> {
    return this.inOrder(() => this.pruneNow());
  }

  override async clear(): Promise<void> {
    await super.clear();
    this.movingSummaryBuffer = "";
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
    const summary = await this.tryNewSummary(messages.slice(0, cut), this.movingSummaryBuffer);
    if (summary === null) {
      return;
    }
    // Messages that came while the summariser wrote are kept too.
    const now = await this.chatHistory.getMessages();
    const kept = now.slice(cut);
    await this.chatHistory.clear();
    await this.chatHistory.addMessages(kept);
    this.movingSummaryBuffer = summary;
  }

  private findCut(messages: BaseMessage[]): number {
    const items = weighMessages(messages, (message) => this.count(this.render([message])));
    const isOver = items.reduce((sum, { tokens }) => sum + tokens, 0) > this.maxTokenLimit;
    return isOver ? findCut(items, { tokens: this.maxTokenLimit * this.lowWater }) : 0;
  }
}

function requirePositive(name: string, value: number): number {
  if (!(value > 0)) {
    throw new RangeError(`${name} must be above 0, not ${value}`);
  }
  return value;
}
