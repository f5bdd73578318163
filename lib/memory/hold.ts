import { ports } from "./ports";

/**
 * Keeps a conversation among the hot ones of this process while somebody works on it; call the answer when that ends.
 * It locks nobody out: who may answer is decided by the turn's lease.
 */
export function holdMemory(conversationId: string): () => void {
  return ports().process.hold(conversationId);
}
