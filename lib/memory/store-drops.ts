import { notify, onNotify } from "@/lib/storage";

const CHANNEL = "memory_drop";

/** Tells every process to close a conversation that it holds open. */
export function tellDrop(conversationId: string): Promise<void> {
  return notify(CHANNEL, conversationId);
}

export function hearDrops(handler: (conversationId: string) => void): () => void {
  return onNotify(CHANNEL, handler);
}
