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
  type OutputValues,
} from "@langchain/core/memory";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { turnStarts, type Weighed } from "./prune";
import { renderLines } from "./render";

export type ChatMemoryInput = {
  chatHistory?: BaseChatMessageHistory | BaseListChatMessageHistory;
  returnMessages?: boolean;
  memoryKey?: string;
  inputKey?: string;
  outputKey?: string;
  humanPrefix?: string;
  aiPrefix?: string;
};

/** What all five memories have of LangChain's BaseChatMemory: a history, keys, prefixes. */
export abstract class ChatMemory extends BaseMemory {
  readonly memoryKey: string;
  readonly returnMessages: boolean;
  readonly humanPrefix: string;
  readonly aiPrefix: string;
  readonly inputKey: string | undefined;
  readonly outputKey: string | undefined;
  chatHistory: BaseChatMessageHistory | BaseListChatMessageHistory;

  constructor(input: ChatMemoryInput = {}) {
    super();
    this.chatHistory = input.chatHistory ?? new InMemoryChatMessageHistory();
    this.memoryKey = input.memoryKey ?? "history";
    this.returnMessages = input.returnMessages ?? false;
    this.humanPrefix = input.humanPrefix ?? "Human";
    this.aiPrefix = input.aiPrefix ?? "AI";
    this.inputKey = input.inputKey;
    this.outputKey = input.outputKey;
  }

  override get memoryKeys(): string[] {
    return [this.memoryKey];
  }

  /** Stores both sides of a turn, or neither. */
  override async saveContext(inputValues: InputValues, outputValues: OutputValues): Promise<void> {
    const input = getInputValue(inputValues, this.inputKey);
    const output = getOutputValue(outputValues, this.outputKey);
    await this.chatHistory.addMessages([new HumanMessage(input), new AIMessage(output)]);
  }

  async clear(): Promise<void> {
    await this.chatHistory.clear();
  }

  /** Messages under the memory's key: themselves, or as one string. */
  protected asVariables(messages: BaseMessage[]): Record<string, BaseMessage[] | string> {
    return { [this.memoryKey]: this.returnMessages ? messages : this.render(messages) };
  }

  protected render(messages: readonly BaseMessage[]): string {
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

/** What each message weighs, and whether a turn starts with it. */
export function weighMessages(
  messages: readonly BaseMessage[],
  count: (message: BaseMessage) => number,
): Weighed[] {
  const starts = turnStarts(messages.map((message) => ({ role: roleOf(message) })));
  return messages.map((message, index) => ({
    tokens: count(message),
    startsTurn: starts[index] ?? false,
  }));
}

/** The newest `k` whole turns; `k` of 0 or less is nothing. */
export function lastTurns(messages: readonly BaseMessage[], k: number): BaseMessage[] {
  if (k <= 0) {
    return [];
  }
  // What came before the first question, such as a greeting, is a turn of its own.
  const starts = weighMessages(messages, () => 0).flatMap(({ startsTurn }, index) =>
    startsTurn || index === 0 ? [index] : [],
  );
  return starts.length <= k ? [...messages] : messages.slice(starts.at(-k));
}

function roleOf(message: BaseMessage): "customer" | "assistant" | "tool" {
  if (message.type === "human") {
    return "customer";
  }
  return message.type === "tool" ? "tool" : "assistant";
}
