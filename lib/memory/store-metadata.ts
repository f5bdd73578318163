import { sealJson } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { insertHead } from "./store";

/** True when the conversation is this owner's, who is active and has this key. The version rises, so that copies are read anew. */
export async function writeMetadata(
  conversationId: string,
  owner: SubjectKey,
  metadata: Record<string, unknown> | null,
  tx?: Tx,
): Promise<boolean> {
  const place = { table: "Memory", row: conversationId, column: "metadata_sealed" };
  const sealed = metadata ? sealJson(owner, place, metadata) : null;
  const write = async (within: Tx) => {
    await insertHead(conversationId, owner.ownerId, within);
    const written = await db(within).$executeRaw`
      UPDATE "Memory" m SET version = m.version + 1, metadata_sealed = ${sealed}, updated_at = now()
      FROM "Customer" c
      WHERE m.conversation_id = ${conversationId}::uuid AND c.id = m.customer_id
        AND c.id = ${owner.ownerId}::uuid AND c.key_epoch = ${owner.epoch} AND c.state = 'active'`;
    return written === 1;
  };
  return await (tx ? write(tx) : transact(write));
}
