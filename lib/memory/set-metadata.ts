import { Refusal } from "@/lib/errors";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { Tx } from "@/lib/storage/schema";
import { dropMemoryCopies } from "./forget";
import { writeMetadata } from "./store-metadata";

/**
 * Keeps JSON of the caller's beside a conversation's memory, sealed under its owner's key; null takes it away. Every load,
 * the customer's export and a migration give it back. It is stored as it is given: text of a person must be redacted.
 * With a `tx`, call `dropMemoryCopies` after the commit. Refuses `not_found`.
 */
export async function setMemoryMetadata(
  conversationId: string,
  owner: SubjectKey,
  metadata: Record<string, unknown> | null,
  tx?: Tx,
): Promise<void> {
  if (!(await writeMetadata(conversationId, owner, metadata, tx))) {
    throw new Refusal("not_found");
  }
  if (!tx) {
    await dropMemoryCopies(conversationId);
  }
}
