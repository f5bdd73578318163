import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { keyOf } from "@/lib/privacy";
import { db, Prisma } from "@/lib/storage";
import { openBody } from "./store";

type Row = {
  id: string;
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  bodySealed: Uint8Array;
};

/** The one line of each conversation's newest summary, for rows of the inbox; what has none is left out. Placeholders stay. */
export async function listSummaryLines(
  _staff: StaffCaller,
  conversationIds: readonly string[],
): Promise<Map<string, string>> {
  if (conversationIds.length === 0) {
    return new Map();
  }
  const rows = await db().$queryRaw<Row[]>`
    SELECT DISTINCT ON (s.conversation_id) s.id, s.conversation_id AS "conversationId",
      s.customer_id AS "customerId", p.key_epoch AS "keyEpoch", s.body_sealed AS "bodySealed"
    FROM "CaseSummary" s JOIN "Customer" p ON p.id = s.customer_id
    WHERE s.conversation_id IN (${Prisma.join(conversationIds.map((id) => Prisma.sql`${id}::uuid`))})
      AND s.state = 'ready' AND s.body_sealed IS NOT NULL AND p.state IN ('active', 'restricted')
    ORDER BY s.conversation_id, s.version DESC`;
  const lines = await Promise.all(rows.map(async (row) => [row.conversationId, await open(row)]));
  return new Map(lines.filter((entry): entry is [string, string] => entry[1] !== null));
}

async function open({ id, customerId, keyEpoch, bodySealed }: Row): Promise<string | null> {
  try {
    return openBody(await keyOf({ id: customerId, keyEpoch }), id, bodySealed).line;
  } catch (error) {
    // Erased between the query and here; or the key is missing, which the inbox says in the line's place.
    if (error instanceof Refusal && ["key_missing", "key_unavailable"].includes(error.code)) {
      return null;
    }
    throw error;
  }
}
