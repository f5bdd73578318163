import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import type { SubjectKey } from "@/lib/privacy/schema";
import { policy } from "./policy";
import { RecallShelf } from "./recall-shelf";
import type { RecordedConversationMemory } from "./recorded-conversation-memory";
import { type RecallRerank, recallByMeaning, recallRerank } from "./rerank-recall";
import type { Recall, Since } from "./schema";

/** The indexes of this process, shared by all instances of this module, or an erasure would miss some. */
export function recallShelf(): RecallShelf {
  return once(
    "memory.recall",
    () =>
      new RecallShelf({
        conversationsMax: policy.lruConversationsMax,
        messagesMax: policy.recallMessagesMax,
        seconds: policy.lruSeconds,
        assistantWeight: policy.recallAssistantWeight,
      }),
  );
}

/**
 * The memory with recall: what was folded away comes back when a question touches it. Without it the turn goes on as
 * well, so a record that fails, or an index that takes long to build, costs the customer no more than a moment.
 */
export async function withRecall(
  memory: RecordedConversationMemory,
  { conversationId, key, since }: { conversationId: string; key: SubjectKey; since: Since },
  rerank: RecallRerank | null = recallRerank(),
): Promise<RecordedConversationMemory> {
  const { state } = memory;
  if (!policy.recall || state.coveredThrough === 0) {
    recallShelf().drop(conversationId);
    return memory;
  }
  const opening = recallShelf()
    .open(conversationId, { owner: key, state }, since)
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : "unknown";
      log.warn({ event: "memory_recall_failed", conversationId, reason });
      return null;
    });
  const recall = await soon(opening);
  if (!recall) {
    return memory;
  }
  const { question } = memory;
  return memory.recallingBy(
    rerank && question ? await recallByMeaning(recall, question, rerank) : recall,
  );
}

/** What comes in time. An index that is late goes on being built, for the next turn. */
async function soon(opening: Promise<Recall | null>): Promise<Recall | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), policy.recallWaitMs);
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}
