import type { InputValues, MemoryVariables } from "@langchain/core/memory";
import { ChatMemory } from "./chat-memory";

/** LangChain's ConversationBufferMemory: everything that was said, word for word. */
export class ConversationBufferMemory extends ChatMemory {
  override async loadMemoryVariables(_values: InputValues): Promise<MemoryVariables> {
    return this.asVariables(await this.chatHistory.getMessages());
  }
}
