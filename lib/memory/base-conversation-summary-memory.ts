import { type BaseMessage, SystemMessage } from "@langchain/core/messages";
import type { BasePromptTemplate } from "@langchain/core/prompts";
import { log } from "@/lib/observability";
import { ChatMemory, type ChatMemoryInput } from "./chat-memory";
import { summaryPrompt } from "./summary-prompt";
import { askModel, nameOf, type TextModel } from "./text-model";

export type ConversationSummaryInput = ChatMemoryInput & {
  llm?: TextModel;
  /** Must hold `{summary}` and `{new_lines}`, and nothing else. */
  prompt?: string | BasePromptTemplate;
  /** What the summary is given as where messages are returned. */
  summaryChatMessageClass?: new (
    content: string,
  ) => BaseMessage;
};

/** What the two memories with a running summary share: the prompt, the model, and one summary at a time. */
export abstract class BaseConversationSummaryMemory extends ChatMemory {
  private readonly llm: TextModel | undefined;
  private readonly prompt: BasePromptTemplate;
  private readonly summaryMessageClass: new (
    content: string,
  ) => BaseMessage;
  private working: Promise<void> = Promise.resolve();

  constructor(input: ConversationSummaryInput = {}) {
    super(input);
    this.llm = input.llm;
    this.prompt = summaryPrompt(input.prompt);
    this.summaryMessageClass = input.summaryChatMessageClass ?? SystemMessage;
  }

  /** Asks the model to join messages to a summary. */
  async predictNewSummary(messages: BaseMessage[], existingSummary: string): Promise<string> {
    const prompt = await this.prompt.format({
      summary: existingSummary,
      new_lines: this.render(messages),
    });
    return askModel(this.llm, prompt);
  }

  protected summaryMessage(summary: string): BaseMessage {
    return new this.summaryMessageClass(summary);
  }

  /** The new summary, or null where the model failed or said nothing: then everything stays as it is. */
  protected async tryNewSummary(messages: BaseMessage[], existing: string): Promise<string | null> {
    try {
      const summary = await this.predictNewSummary(messages, existing);
      return summary.trim() === "" ? null : summary;
    } catch (error) {
      log.warn({ event: "memory_summary_failed", reason: nameOf(error) });
      return null;
    }
  }

  /** One after the other: two at once would summarise the same turns twice. */
  protected inOrder(work: () => Promise<void>): Promise<void> {
    this.working = this.working.catch(() => undefined).then(work);
    return this.working;
  }

  /** Resolves when summarising that goes on behind the answer has ended. */
  async settled(): Promise<void> {
    await this.working;
  }
}
