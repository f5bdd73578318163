import { newId } from "@/lib/id";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ConsentText, ConsentView } from "./schema";

export async function insertConsent(
  customerId: string,
  text: ConsentText,
  purposes: { memory: boolean },
  tx: Tx,
): Promise<void> {
  await db(tx).consent.create({
    data: {
      id: newId(),
      customerId,
      textVersion: text.version,
      textHash: text.hash,
      ...purposes,
    },
  });
}

export async function findLatestConsent(
  customerId: string,
  text: ConsentText,
): Promise<ConsentView | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT text_version AS "textVersion", text_hash AS "textHash", memory, created_at AS "createdAt"
    FROM "Consent" WHERE customer_id = ${customerId}::uuid
    ORDER BY created_at DESC, id DESC LIMIT 1`;
  return row
    ? {
        textVersion: row.textVersion,
        memory: row.memory,
        givenAt: row.createdAt.toISOString(),
        current: row.textHash === text.hash,
      }
    : null;
}

type Row = { textVersion: number; textHash: string; memory: boolean; createdAt: Date };
