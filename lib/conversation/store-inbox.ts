import { z } from "zod";
import type { StaffCaller } from "@/lib/auth/schema";
import { readableKey } from "@/lib/privacy";
import { db, Prisma } from "@/lib/storage";
import { fromCursor, toCursor } from "./cursor";
import { type Calls, type InboxCounts, InboxFilter, type InboxRow, type Page } from "./schema";
import { seesValues } from "./store-staff";
import { inboxRow, readable, restoreTitles, type ViewRow, viewColumns } from "./store-view";

const PAGE = 25;
const Cursor = z.tuple([z.number().int(), z.number().int(), z.uuid()]);

function filters(staffId: string): Record<InboxFilter, Prisma.Sql> {
  return {
    all: Prisma.sql`TRUE`,
    waiting: Prisma.sql`c.status = 'waiting'`,
    with_person: Prisma.sql`c.status = 'with_person'`,
    open: Prisma.sql`c.status = 'open'`,
    solved: Prisma.sql`c.status = 'solved'`,
    mine: Prisma.sql`(c.assignee_id = ${staffId}::uuid AND c.status <> 'solved')`,
    unassigned: Prisma.sql`(c.assignee_id IS NULL AND c.status <> 'solved')`,
    thumbs_down: Prisma.sql`c.thumbs_down > 0`,
    unreviewed: Prisma.sql`NOT c.summary_reviewed`,
  };
}

// Those who wait for a person, longest first; then what no lead has read; then the rest, the latest first.
const rank = Prisma.sql`
  CASE WHEN c.status = 'waiting' THEN 0 WHEN c.last_customer_seq > c.staff_read_seq THEN 1 ELSE 2 END`;
const milliseconds = (column: Prisma.Sql) =>
  Prisma.sql`(extract(epoch FROM ${column}) * 1000)::bigint`;
const order = Prisma.sql`
  CASE WHEN c.status = 'waiting'
    THEN ${milliseconds(Prisma.sql`coalesce(c.waiting_since, c.last_message_at)`)}
    ELSE -${milliseconds(Prisma.sql`c.last_message_at`)} END`;

type Ranked = ViewRow & { rank: number; order: bigint };

/** A page of the inbox. Titles hold the customer's values only where this lead owns the conversation. */
export async function listInbox(
  staff: StaffCaller,
  { filter = "all", cursor }: { filter?: InboxFilter; cursor?: string | null } = {},
): Promise<Page<InboxRow>> {
  const after = fromCursor(Cursor, cursor);
  const behind = after
    ? Prisma.sql`AND (${rank}, ${order}, c.id) > (${after[0]}, ${after[1]}::bigint, ${after[2]}::uuid)`
    : Prisma.empty;
  const rows = await db().$queryRaw<Ranked[]>`
    SELECT ${viewColumns}, ${rank} AS rank, ${order} AS "order"
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE ${readable} AND ${filters(staff.id)[filter]} ${behind}
    ORDER BY rank, "order", c.id LIMIT ${PAGE + 1}`;
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    rows: await Promise.all(page.map((row) => openRow(staff, row))),
    next: rows.length > PAGE && last ? toCursor([last.rank, Number(last.order), last.id]) : null,
  };
}

async function openRow(staff: StaffCaller, row: ViewRow): Promise<InboxRow> {
  // One customer's missing key must not take the whole inbox away.
  const key = await readableKey({ id: row.customerId, keyEpoch: row.keyEpoch });
  if (!key) {
    return inboxRow(null, row);
  }
  const withValues = seesValues(staff, row);
  const view = inboxRow(key, row, withValues);
  const [restored] = withValues ? await restoreTitles(key, [view]) : [view];
  return restored ?? view;
}

const CALLS_MAX = 100;

/** What may call this lead: who waits for a person, and what is unread in their own conversations. Names only. */
export async function listCalls(staff: StaffCaller): Promise<Calls> {
  const rows = await db().$queryRaw<{ id: string; status: string; seq: number }[]>`
    SELECT c.id, c.status::text, c.last_customer_seq AS seq
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE ${readable} AND (c.status = 'waiting' OR (c.owner = 'HUMAN'
      AND c.assignee_id = ${staff.id}::uuid AND c.last_customer_seq > c.staff_read_seq))
    ORDER BY c.last_message_at DESC LIMIT ${CALLS_MAX}::int`;
  const [waiting, own] = [rows.filter(isWaiting), rows.filter((row) => !isWaiting(row))];
  return {
    waiting: waiting.map(({ id }) => id),
    messages: own.map(({ id, seq }) => `${id}:${seq}`),
  };
}

function isWaiting({ status }: { status: string }): boolean {
  return status === "waiting";
}

/** How many conversations each filter holds for this lead, in one look. */
export async function countInbox(staff: StaffCaller): Promise<InboxCounts> {
  const conditions = filters(staff.id);
  const counts = InboxFilter.options.map(
    (name) =>
      Prisma.sql`count(*) FILTER (WHERE ${conditions[name]})::int AS ${Prisma.raw(`"${name}"`)}`,
  );
  const [row] = await db().$queryRaw<InboxCounts[]>`
    SELECT ${Prisma.join(counts)},
      count(*) FILTER (WHERE c.last_customer_seq > c.staff_read_seq)::int AS unread
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id WHERE ${readable}`;
  if (!row) {
    throw new Error("An aggregate always has one row");
  }
  return row;
}
