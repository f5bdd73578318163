import { z } from "zod";
import { Refusal } from "@/lib/errors";
import { anonymizeUserId, keyOf, lexemes } from "@/lib/privacy";
import { db, Prisma } from "@/lib/storage";
import { type SummaryPage, SummaryQuery, type SummaryRow } from "./schema";
import { openBody } from "./store";

/** Ranking looks at no more than the newest rows that match, so that a common word costs no more than a rare one. */
const CANDIDATES_MAX = 2000;
/** With fewer conversations that hold every word, those that hold one of the two rarest are shown too. */
const ENOUGH_HITS = 20;
/** What was said about a conversation tells more about it than what was said in it. */
const MESSAGE_WEIGHT = 0.8;

const Newest = z.tuple([z.iso.datetime(), z.uuid()]);
const Ranked = z.tuple([z.number().int(), z.uuid()]);

type Row = {
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  lastMessageAt: Date;
  summaryId: string | null;
  version: number | null;
  bodySealed: Uint8Array | null;
  reviewedAt: Date | null;
  createdAt: Date | null;
  /** Millionths, so that a page's cursor compares whole numbers. */
  score: number | null;
};

const columns = Prisma.sql`
  c.id AS "conversationId", c.customer_id AS "customerId", p.key_epoch AS "keyEpoch",
  c.last_message_at AS "lastMessageAt", s.id AS "summaryId", s.version,
  s.body_sealed AS "bodySealed", s.reviewed_at AS "reviewedAt", s.created_at AS "createdAt"`;
// What is restricted is stored and not used: no list and no search of staff shows it.
const readable = Prisma.sql`p.state = 'active'`;
const newestReady = Prisma.sql`
  SELECT * FROM "CaseSummary" v WHERE v.conversation_id = c.id AND v.state = 'ready'
  ORDER BY v.version DESC LIMIT 1`;

/** A page of summaries for staff, newest first; with a query, those that hold its words, the best first. */
export async function listRows(given: SummaryQuery): Promise<SummaryPage> {
  const asked = SummaryQuery.parse(given);
  return await (asked.query ? searchRows(asked, asked.query) : newestRows(asked));
}

type Asked = z.output<typeof SummaryQuery>;

async function newestRows({ customerId, reviewed, limit, cursor }: Asked): Promise<SummaryPage> {
  const after = fromCursor(Newest, cursor);
  const behind = after
    ? Prisma.sql`AND (s.created_at, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  const rows = await db().$queryRaw<Row[]>`
    SELECT ${columns}, NULL::int AS score
    FROM "CaseSummary" s JOIN "Conversation" c ON c.id = s.conversation_id
      JOIN "Customer" p ON p.id = c.customer_id
    WHERE s.state = 'ready' AND ${readable} ${filtered(customerId, reviewed)} ${behind}
      AND NOT EXISTS (SELECT 1 FROM "CaseSummary" n WHERE n.conversation_id = s.conversation_id
        AND n.state = 'ready' AND n.version > s.version)
    ORDER BY s.created_at DESC, s.id DESC LIMIT ${limit + 1}`;
  return await pageOf(rows, limit, ({ createdAt, summaryId }) => [
    createdAt?.toISOString() ?? "",
    summaryId ?? "",
  ]);
}

async function searchRows(asked: Asked, query: string): Promise<SummaryPage> {
  const words = lexemes(query);
  if (words.length === 0) {
    return { rows: [], next: null };
  }
  const every = await ranked(asked, words, words, " & ");
  if (every.total >= ENOUGH_HITS || words.length === 1) {
    return await pageOf(every.rows, asked.limit, cursorOfHit);
  }
  const rare = await rarest(words);
  const some = await ranked(asked, words, rare, " | ");
  return await pageOf(some.rows, asked.limit, cursorOfHit);
}

function cursorOfHit({ score, conversationId }: Row): (string | number)[] {
  return [score ?? 0, conversationId];
}

type Ranking = { rows: Row[]; total: number };

/** Conversations that match, by the best of their rows. All words count for the rank, whichever had to match. */
async function ranked(
  { customerId, reviewed, limit, cursor }: Asked,
  words: readonly string[],
  needed: readonly string[],
  joint: " & " | " | ",
): Promise<Ranking> {
  if (needed.length === 0) {
    return { rows: [], total: 0 };
  }
  const after = fromCursor(Ranked, cursor);
  const behind = after
    ? Prisma.sql`WHERE (score, "conversationId") < (${after[0]}, ${after[1]}::uuid)`
    : Prisma.empty;
  const rows = await db().$queryRaw<(Row & { total: number })[]>`
    WITH candidates AS (
      SELECT h.conversation_id, h.kind, h.lexemes FROM "Search" h
      WHERE h.lexemes @@ ${needed.join(joint)}::tsquery
        AND (${customerId ?? null}::uuid IS NULL OR h.customer_id = ${customerId ?? null}::uuid)
      ORDER BY h.created_at DESC, h.id DESC LIMIT ${CANDIDATES_MAX}),
    best AS (
      SELECT conversation_id, (1000000 * max(ts_rank(lexemes, ${words.join(" | ")}::tsquery)
        * CASE WHEN kind = 'summary' THEN 1 ELSE ${MESSAGE_WEIGHT}::float4 END))::int AS score
      FROM candidates GROUP BY conversation_id),
    found AS (
      SELECT ${columns}, b.score, count(*) OVER ()::int AS total
      FROM best b JOIN "Conversation" c ON c.id = b.conversation_id
        JOIN "Customer" p ON p.id = c.customer_id LEFT JOIN LATERAL (${newestReady}) s ON TRUE
      WHERE ${readable} ${filtered(customerId, reviewed)})
    SELECT * FROM found ${behind} ORDER BY score DESC, "conversationId" DESC LIMIT ${limit + 1}`;
  return { rows, total: rows[0]?.total ?? 0 };
}

/** The two words with the fewest rows; words that are nowhere find nothing and are left out. */
async function rarest(words: readonly string[]): Promise<string[]> {
  const counts = await db().$queryRaw<{ word: string; rows: number }[]>`
    SELECT word, (SELECT count(*) FROM (SELECT 1 FROM "Search" h WHERE h.lexemes @@ word::tsquery
      LIMIT ${CANDIDATES_MAX}) AS seen)::int AS rows
    FROM unnest(${[...words]}::text[]) AS word`;
  return counts
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => a.rows - b.rows)
    .slice(0, 2)
    .map(({ word }) => word);
}

function filtered(customerId: string | undefined, reviewed: boolean | undefined): Prisma.Sql {
  const conditions = [
    ...(customerId ? [Prisma.sql`AND c.customer_id = ${customerId}::uuid`] : []),
    ...(reviewed === true ? [Prisma.sql`AND s.reviewed_at IS NOT NULL`] : []),
    ...(reviewed === false ? [Prisma.sql`AND s.id IS NOT NULL AND s.reviewed_at IS NULL`] : []),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, " ") : Prisma.empty;
}

async function pageOf(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => (string | number)[],
): Promise<SummaryPage> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const opened = await Promise.all(page.map(openRow));
  return {
    rows: opened.filter((row) => row !== null),
    next: rows.length > limit && last ? toCursor(cursorOf(last)) : null,
  };
}

async function openRow(row: Row): Promise<SummaryRow | null> {
  const common = {
    conversationId: row.conversationId,
    anonymizedUser: anonymizeUserId(row.customerId),
    version: row.version,
    reviewed: row.reviewedAt !== null,
    relevance: row.score === null ? null : row.score / 1_000_000,
    lastMessageAt: row.lastMessageAt.toISOString(),
    createdAt: row.createdAt?.toISOString() ?? null,
  };
  if (!row.summaryId || !row.bodySealed) {
    return { ...common, summary: null, topic: null };
  }
  try {
    const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
    const { line, topic } = openBody(key, row.summaryId, row.bodySealed);
    return { ...common, summary: line, topic };
  } catch (error) {
    if (error instanceof Refusal && error.code === "key_missing") {
      // Erased between the query and here.
      return null;
    }
    if (error instanceof Refusal && error.code === "key_unavailable") {
      return { ...common, summary: null, topic: null, keyMissing: true };
    }
    throw error;
  }
}

function toCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

function fromCursor<Shape extends z.ZodType>(
  shape: Shape,
  cursor: string | null | undefined,
): z.output<Shape> | null {
  if (!cursor) {
    return null;
  }
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new Refusal("input_invalid", { cause });
  }
}
