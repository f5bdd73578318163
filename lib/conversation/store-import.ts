import { newId } from "@/lib/id";
import { setMemoryMetadata } from "@/lib/memory";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { sealTitle } from "./message-seal";
import type { Earlier } from "./store-accept";
import { RATE_SECONDS } from "./store-accept-look";
import { requireLocked, requireSameKey } from "./store-lock";
import { insertMessage } from "./store-message";

/**
 * Stores a whole history as a conversation of its own, or nothing of it. False when the conversation has messages
 * already. Nobody is asked to answer: there is no turn, and nothing counts as unread.
 */
export async function storeHistory(
  key: SubjectKey,
  conversationId: string,
  { messages, metadata }: { messages: readonly Earlier[]; metadata: Record<string, unknown> },
): Promise<boolean> {
  return await transact(
    async (tx) => {
      await create(tx, key, conversationId);
      const held = await requireLocked(tx, conversationId, key.ownerId);
      requireSameKey(held, key);
      if (held.lastSeq > 0) {
        return false;
      }
      await insertAll(tx, key, conversationId, messages);
      await setMemoryMetadata(conversationId, key, metadata, tx);
      return true;
    },
    { timeoutMs: IMPORT_MS },
  );
}

const IMPORT_MS = 60_000;

async function create(tx: Tx, key: SubjectKey, conversationId: string): Promise<void> {
  const created = await db(tx).$executeRaw`
    INSERT INTO "Conversation" (id, customer_id) VALUES (${conversationId}::uuid, ${key.ownerId}::uuid)
    ON CONFLICT (id) DO NOTHING`;
  if (created === 1) {
    await tally(tx, "conversations");
  }
}

// Its times are not known: it is dated before the window of the rate limit, which it must not use up.
async function insertAll(
  tx: Tx,
  key: SubjectKey,
  conversationId: string,
  messages: readonly Earlier[],
): Promise<void> {
  const createdAt = new Date(Date.now() - (RATE_SECONDS + 1) * 1000);
  const customerId = key.ownerId;
  for (const [at, { role, text }] of messages.entries()) {
    const message = { id: newId(), conversationId, customerId, seq: at + 1, role, text, createdAt };
    await insertMessage(tx, key, message);
  }
  const lastSeq = messages.length;
  const asked = messages.findLastIndex(({ role }) => role === "customer") + 1;
  const first = messages.find(({ role }) => role === "customer") ?? messages[0];
  const title = first ? sealTitle(key, conversationId, first.text) : null;
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET last_seq = ${lastSeq}, last_customer_seq = ${asked},
      customer_read_seq = ${lastSeq}, staff_read_seq = ${lastSeq}, title_sealed = ${title},
      last_message_at = ${createdAt}
    WHERE id = ${conversationId}::uuid`;
}
