import { mayStateFacts } from "@/lib/customer";
import { enqueue } from "@/lib/job";
import { type RecordedConversationMemory, rememberTurn } from "@/lib/memory";
import type { RecordedMessage } from "@/lib/memory/schema";
import { report } from "@/lib/observability";
import { newestQuestion } from "./fact-block";
import { readRecord } from "./read-record";
import type { Run } from "./turn";

/** A conversation that has been silent for so long is summarised for the leads. */
const IDLE_SECONDS = 600;

/**
 * What follows an answer: the memory's copy, the fold, the case summary. The answer stands already, so nothing here may
 * harm it: a copy that is not written is caught up by the next load, and a job is sent again after the next turn.
 */
export async function afterTurn(
  { turn, key, handOff }: Run,
  memory: RecordedConversationMemory,
  answerSeq: number,
): Promise<void> {
  const { conversationId, customerId, keyEpoch } = turn;
  try {
    if (turn.memoryOn) {
      const owner = { id: customerId, keyEpoch };
      const recorded = await readRecord(conversationId, owner, memory.stamp.lastSeq);
      // Beyond our answer the next turn may run already, with the seq of its answer still empty.
      const said = recorded.filter(({ seq }) => seq <= answerSeq);
      await rememberTurn(conversationId, key, said);
      await keepRemembering(conversationId, memory, said);
    }
    // A lead who takes over reads it now; a key of its own, because one that waits for silence may be waiting already.
    const when = handOff
      ? { singletonKey: `${conversationId}:hand-off` }
      : { startAfterSeconds: IDLE_SECONDS };
    await enqueue(null, "summarize", { conversationId }, when);
  } catch (error) {
    report(error, { where: "agent.after_turn", turnId: turn.id });
  }
}

/** What memory makes of the turn in the background. What states nothing need not be read for facts. */
async function keepRemembering(
  conversationId: string,
  memory: RecordedConversationMemory,
  said: RecordedMessage[],
): Promise<void> {
  if (memory.needsFold(said)) {
    await enqueue(null, "fold", { conversationId });
  }
  const asked = newestQuestion(memory.state.tail, memory.stamp.lastSeq);
  if (mayStateFacts(asked)) {
    await enqueue(null, "facts", { conversationId });
  }
}
