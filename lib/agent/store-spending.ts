import type { ClaimedTurn } from "@/lib/conversation/schema";
import { db, shard } from "@/lib/storage";
import type { Amount, Spent } from "./spending";

const TOKENS = "model_tokens";
const COST = "model_cost_micros";

type Row = { scope: keyof Spent; tokens: bigint; cost: bigint };

/** What a turn's conversation, its customer and the whole site have used, the latter two today by the database's clock. */
export async function readSpent({
  conversationId,
  customerId,
}: Pick<ClaimedTurn, "conversationId" | "customerId">): Promise<Spent> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT 'conversation' AS scope, sum(tokens_used)::bigint AS tokens, sum(cost_micros)::bigint AS cost
    FROM "Turn" WHERE conversation_id = ${conversationId}::uuid
    UNION ALL
    SELECT 'customerDay', sum(tokens_used)::bigint, sum(cost_micros)::bigint
    FROM "Turn" WHERE customer_id = ${customerId}::uuid AND created_at >= CURRENT_DATE
    UNION ALL
    SELECT 'siteDay', sum(count) FILTER (WHERE measure = ${TOKENS})::bigint,
      sum(count) FILTER (WHERE measure = ${COST})::bigint
    FROM "Tally"
    WHERE day = CURRENT_DATE AND dimension = '' AND measure IN (${TOKENS}, ${COST})`;
  const amountOf = (scope: keyof Spent): Amount => {
    const row = rows.find((each) => each.scope === scope);
    return { tokens: Number(row?.tokens ?? 0), costMicros: Number(row?.cost ?? 0) };
  };
  return {
    conversation: amountOf("conversation"),
    customerDay: amountOf("customerDay"),
    siteDay: amountOf("siteDay"),
  };
}

/** What the whole site has used today. */
export async function readSiteSpent(): Promise<Amount> {
  const rows = await db().$queryRaw<{ measure: string; count: bigint }[]>`
    SELECT measure, sum(count)::bigint AS count FROM "Tally"
    WHERE day = CURRENT_DATE AND dimension = '' AND measure IN (${TOKENS}, ${COST})
    GROUP BY measure`;
  const countOf = (name: string) =>
    Number(rows.find(({ measure }) => measure === name)?.count ?? 0);
  return { tokens: countOf(TOKENS), costMicros: countOf(COST) };
}

/** Counts what was used: to the turn, if it was one, and to the site's day, which no erasure changes. */
export async function addSpent(turnId: string | null, { tokens, costMicros }: Amount) {
  await db().$executeRaw`
    WITH turn AS (
      UPDATE "Turn" SET tokens_used = tokens_used + ${tokens}::int,
        cost_micros = cost_micros + ${costMicros}::bigint
      WHERE id = ${turnId}::uuid)
    INSERT INTO "Tally" (day, measure, dimension, shard, count) VALUES
      (CURRENT_DATE, ${TOKENS}, '', ${shard}, ${tokens}::bigint),
      (CURRENT_DATE, ${COST}, '', ${shard}, ${costMicros}::bigint)
    ON CONFLICT (day, measure, dimension, shard) DO UPDATE SET count = "Tally".count + EXCLUDED.count`;
}
