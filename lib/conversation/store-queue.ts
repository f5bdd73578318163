import { Prisma } from "@/lib/storage";
import type { QueueView } from "./schema";

/** How long a person may take before the customer is told that nobody came. */
const LATE_SECONDS = 180;
/** A console that has not been heard of for this long is gone, however it went. */
export const PRESENT_SECONDS = 45;
/** So many answers in a row that did not help have a person offered. */
const FAILED_MAX = 2;

/** What a query reads of a conversation's people. */
export type PeopleRow = {
  staffReadSeq: number;
  customerReadSeq: number;
  handOffWhy: string | null;
  addressSealed: Uint8Array | null;
  offered: boolean;
  asked: boolean;
  place: number | null;
  present: number | null;
  late: boolean | null;
  withdrawable: boolean;
};

/** People whose console is open and who have not said that they are away. */
export const presentCount = Prisma.sql`(
  SELECT count(DISTINCT s.user_id)::int FROM "Presence" s JOIN "User" u ON u.id = s.user_id
  WHERE s.seen_at > clock_timestamp() - make_interval(secs => ${PRESENT_SECONDS}::int)
    AND u.state = 'active' AND NOT u.away)`;

/** Reads `c` (Conversation). What costs a look elsewhere is asked only where somebody waits. */
export const peopleColumns = Prisma.sql`
  c.staff_read_seq AS "staffReadSeq", c.customer_read_seq AS "customerReadSeq",
  c.hand_off_why AS "handOffWhy",
  (SELECT a.email_sealed FROM "ReplyAddress" a WHERE a.id = c.id) AS "addressSealed",
  c.failed_answers >= ${FAILED_MAX}::int AND NOT c.offer_declined
    AND c.owner = 'AI' AND c.status = 'open' AS "offered",
  c.asked_at IS NOT NULL AS "asked",
  CASE WHEN c.status = 'waiting' THEN (
    SELECT count(*)::int + 1 FROM "Conversation" w
    WHERE w.status = 'waiting' AND (w.waiting_since, w.id) < (c.waiting_since, c.id)) END AS "place",
  CASE WHEN c.asked_at IS NOT NULL THEN ${presentCount} END AS "present",
  c.asked_at < clock_timestamp() - make_interval(secs => ${LATE_SECONDS}::int) AS "late",
  c.status = 'waiting' AND coalesce(c.hand_off_reason, '') NOT IN ('answers_off', 'effect_uncertain')
    AS "withdrawable"`;

/** What the customer is told while a person is owed to them. */
export function queueOf(row: PeopleRow): QueueView | null {
  if (!row.asked) {
    return null;
  }
  const { place, withdrawable } = row;
  return { place, withdrawable, present: row.present ?? 0, late: row.late ?? false };
}
