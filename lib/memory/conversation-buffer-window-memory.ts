import type { InputValues, MemoryVariables } from "@langchain/core/memory";
import { ChatMemory, type ChatMemoryInput, lastTurns } from "./chat-memory";
import { policy } from "./policy";

export type ConversationBufferWindowMemoryInput = ChatMemoryInput & {
  /** How many of the newest turns are shown. */
  k?: number;
};

/** LangChain's ConversationBufferWindowMemory: the newest `k` turns, word for word; the rest is kept and not shown. */
export class ConversationBufferWindowMemory extends ChatMemory {
  readonly k: number;

  constructor(input: ConversationBufferWindowMemoryInput = {}) {
    super(input);
    this.k = input.k ?? policy.windowTurns;
  }

  override async loadMemoryVariables(_values: InputValues): Promise<MemoryVariables> {
    return this.asVariables(lastTurns(await this.chatHistory.getMessages(), this.k));
  }
}
