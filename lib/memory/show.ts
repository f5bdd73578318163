import type { SubjectKey } from "@/lib/privacy/schema";
import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { Before } from "./schema";
import { findGraph } from "./store-graph";
import { readOlder } from "./view";

/** The memory with what its strategy shows beside the state: nothing more is read for the usual one. */
export async function show(
  memory: RecordedConversationMemory,
  { conversationId, key, before }: { conversationId: string; key: SubjectKey; before?: Before },
): Promise<RecordedConversationMemory> {
  const { state, strategy } = memory;
  const older = before ? await readOlder(state, before) : [];
  const graph = strategy === "kg" ? (await findGraph(conversationId, key)).edges : [];
  return older.length + graph.length === 0
    ? memory
    : new RecordedConversationMemory(state, { older, graph });
}
