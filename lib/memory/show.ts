import type { SubjectKey } from "@/lib/privacy/schema";
import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { Before } from "./schema";
import { findGraph } from "./store-graph";
import { readOlder } from "./view";

type Beside = { conversationId: string; key: SubjectKey; before?: Before };

/** The memory with what its strategy shows beside the state. For the usual one nothing more is read. */
export async function show(
  memory: RecordedConversationMemory,
  { conversationId, key, before }: Beside,
): Promise<RecordedConversationMemory> {
  const { state, strategy } = memory;
  if (!before || strategy === "summary" || strategy === "summary_buffer") {
    return memory;
  }
  const older = await readOlder(state, before);
  const graph = strategy === "kg" ? (await findGraph(conversationId, key)).edges : [];
  return new RecordedConversationMemory(state, null, { older, graph });
}
