import { CONVERSATION_GONE } from "@/lib/privacy";
import { notify, onNotify } from "@/lib/storage";

const CHANNEL = "memory_drop";

/** Tells every process to close a conversation that it holds open. */
export function tellDrop(conversationId: string): Promise<void> {
  return notify(CHANNEL, conversationId);
}

/** Hears which conversation was forgotten or deleted, and which customer is being erased ("gone", told by lib/privacy). */
export function hearDrops(hear: {
  conversation: (conversationId: string) => void;
  customer: (customerId: string) => void;
}): () => void {
  const stops = [
    onNotify(CHANNEL, hear.conversation),
    onNotify(CONVERSATION_GONE, hear.conversation),
    onNotify("gone", hear.customer),
  ];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}
