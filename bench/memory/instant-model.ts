import { setTimeout as pause } from "node:timers/promises";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";

const CHARS_PER_TOKEN = 4;

/** A model for LangChain that answers at once, or after `delayMs`. Tokens are counted the cheapest way there is. */
export class InstantModel extends BaseChatModel {
  delayMs = 0;
  private readonly reply: (prompt: string) => string;

  constructor(reply: (prompt: string) => string) {
    super({});
    this.reply = reply;
  }

  override _llmType(): string {
    return "instant";
  }

  /** An agent asks for it even where it has no tools. */
  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const text = this.reply(messages.map((message) => message.text).join("\n"));
    if (this.delayMs > 0) {
      await pause(this.delayMs);
    }
    return { generations: [{ text, message: new AIMessage(text) }] };
  }

  override async getNumTokens(content: unknown): Promise<number> {
    return Math.ceil(String(content).length / CHARS_PER_TOKEN);
  }
}
