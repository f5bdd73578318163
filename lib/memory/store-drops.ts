import { notify, onNotify } from "@/lib/storage";

const CHANNEL = "memory_drop";

/** Tells every process to close a conversation that it holds open. */
export function tellDrop(conversationId: string): Promise<void> {
  return notify(CHANNEL, conversationId);
}

/** Hears which conversation was forgotten, and which customer is being erased ("gone", told by lib/privacy). */
export function hearDrops(hear: {
  conversation: (conversationId: string) => void;
  customer: (customerId: string) => void;
}): () => void {
  const stops = [onNotify(CHANNEL, hear.conversation), onNotify("gone", hear.customer)];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}
