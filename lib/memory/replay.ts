import type { SubjectKey } from "@/lib/privacy/schema";
import { foldSegment } from "./fold";
import { findFoldCut } from "./fold-marks";
import { policy } from "./policy";
import { RecallShelf } from "./recall-shelf";
import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { MemoryState, RecordedMessage, Since, Summarizer } from "./schema";
import { appendTo, emptyState, foldInto } from "./state";
import { ProcessMemory } from "./store-process";

const CONVERSATION = "replayed";
/** Nothing is sealed in the process, so only the names of the owner are compared. */
const owner = { ownerId: "nobody", epoch: 1 } as SubjectKey;

/**
 * A whole recorded conversation said again to a memory in this process, folding when a turn's end says so; answers how
 * to load it as a turn does. For measuring: the same state, marks, folds, index and block as in the product, and no store.
 */
export async function replayConversation(
  messages: readonly RecordedMessage[],
  summarize: Summarizer,
): Promise<() => Promise<RecordedConversationMemory>> {
  let state = emptyState(new Date(0));
  for (const [at, message] of messages.entries()) {
    const next = appendTo(state, {
      after: state.lastSeq,
      through: message.seq,
      messages: [message],
    });
    if (typeof next === "string") {
      throw new Error(`Message ${message.seq} does not follow the one before it`);
    }
    state = next;
    // A turn ends before the customer speaks again.
    if (messages[at + 1]?.role !== "assistant") {
      state = await foldAll(state, summarize);
    }
  }
  return await loading(state, messages);
}

async function foldAll(given: MemoryState, summarize: Summarizer): Promise<MemoryState> {
  let state = given;
  for (let cut = findFoldCut(state.tail); cut > 0; ) {
    const segment = await foldSegment(state, state.version, { tail: state.tail, cut }, summarize);
    if (typeof segment === "string") {
      throw new Error(`The replay could not fold: ${segment}`);
    }
    cut -= segment.figures.messagesFolded;
    state = foldInto(state, segment.write);
  }
  return state;
}

async function loading(state: MemoryState, messages: readonly RecordedMessage[]) {
  const { lruConversationsMax: conversationsMax, lruSeconds: seconds } = policy;
  const hot = new ProcessMemory({ conversationsMax, seconds });
  await hot.save(CONVERSATION, owner, state);
  const shelf = new RecallShelf({
    conversationsMax,
    seconds,
    messagesMax: policy.recallMessagesMax,
    assistantWeight: policy.recallAssistantWeight,
  });
  const since: Since = async (seq) => messages.filter((message) => message.seq > seq);
  return async () => {
    const held = await hot.load(CONVERSATION, owner);
    if (held.kind !== "state") {
      throw new Error("The replayed memory is no longer there");
    }
    const recall = await shelf.open(CONVERSATION, { owner, state: held.state }, since);
    return new RecordedConversationMemory(held.state, recall);
  };
}
