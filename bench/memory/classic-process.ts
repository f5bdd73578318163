import { ConversationSummaryBufferMemory } from "@langchain/classic/memory";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { RedisChatMessageHistory } from "@langchain/redis";
import { serve } from "./contestant";
import { asContestant, TOKENS_MAX } from "./peer";
import { RedisLine } from "./redis-line";
import { answer, question } from "./talk";

/**
 * LangChain's own memory behind Redis, as its documentation puts the two together. One memory is kept for each
 * conversation, in its favour: a server with several processes would make one for each request, which forgets its summary.
 */
const url = process.env["REDIS_URL"] ?? "";
const redis = new RedisLine(new URL(url));
const config = { url };

serve(
  asContestant("classic", (summariser) => {
    const memories = new Map<string, ConversationSummaryBufferMemory>();
    const memoryOf = (id: string): ConversationSummaryBufferMemory => {
      const chatHistory = new RedisChatMessageHistory({ sessionId: id, config });
      const memory =
        memories.get(id) ??
        new ConversationSummaryBufferMemory({
          llm: summariser,
          maxTokenLimit: TOKENS_MAX,
          returnMessages: true,
          chatHistory,
        });
      memories.set(id, memory);
      return memory;
    };
    return {
      // Preloaded: talking would take hours.
      async begin(id, turns) {
        const { chatHistory } = memoryOf(id);
        for (let turn = 1; turn <= turns; turn += 1) {
          await chatHistory.addMessage(new HumanMessage(question(turn)));
          await chatHistory.addMessage(new AIMessage(answer(turn)));
        }
      },
      async turn(id, turn) {
        const memory = memoryOf(id);
        await memory.loadMemoryVariables({ input: question(turn) });
        await memory.saveContext({ input: question(turn) }, { output: answer(turn) });
      },
      storedBytes: (id) => redis.bytesOf(id),
    };
  }),
);
