import type { InputValues, MemoryVariables, OutputValues } from "@langchain/core/memory";
import {
  BaseConversationSummaryMemory,
  type ConversationSummaryInput,
} from "./base-conversation-summary-memory";

export type ConversationSummaryMemoryInput = ConversationSummaryInput & {
  /** A summary to go on from: it stands for all that the history holds already. */
  buffer?: string;
};

/** LangChain's ConversationSummaryMemory: a running summary of everything, renewed with every turn. */
export class ConversationSummaryMemory extends BaseConversationSummaryMemory {
  buffer: string;
  /** How many messages of the history the summary stands for; unknown until the history is read. */
  private summarised: number | undefined;

  constructor(input: ConversationSummaryMemoryInput = {}) {
    super(input);
    this.buffer = input.buffer ?? "";
    this.summarised = this.buffer === "" ? 0 : undefined;
  }

  override async loadMemoryVariables(_values: InputValues): Promise<MemoryVariables> {
    return {
      [this.memoryKey]: this.returnMessages ? [this.summaryMessage(this.buffer)] : this.buffer,
    };
  }

  /** Stores both sides of a turn and joins to the summary what it does not hold yet. */
  override async saveContext(inputValues: InputValues, outputValues: OutputValues): Promise<void> {
    this.summarised ??= (await this.chatHistory.getMessages()).length;
    await super.saveContext(inputValues, outputValues);
    await this.inOrder(() => this.summarise());
  }

  override async clear(): Promise<void> {
    await super.clear();
    this.buffer = "";
    this.summarised = 0;
  }

  private async summarise(): Promise<void> {
    const messages = await this.chatHistory.getMessages();
    const fresh = messages.slice(this.summarised);
    const summary = await this.tryNewSummary(fresh, this.buffer);
    if (summary !== null) {
      this.buffer = summary;
      this.summarised = messages.length;
    }
  }
}
