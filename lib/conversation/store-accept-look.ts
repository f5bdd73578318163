import type { RedactedText } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ClaimedTurn } from "./schema";
import type { Held } from "./store-lock";
import { speakers } from "./store-record";
import { type OpenTurns, openTurns } from "./store-turn-queue";

/** Over which the messages of one customer are counted. */
export const RATE_SECONDS = 60;

/** What a message that comes in finds beside the conversation's row. */
export type Seen = OpenTurns & {
  /** By the database's clock: when the message came in. */
  now: Date;
  /** The message has been here before. */
  known: boolean;
  /** Messages of the customer within the rate's window, counted in PostgreSQL, so that the limit holds without Redis. */
  sentLately: number;
  boundarySeq: number;
  memoryOn: boolean;
  memoryVersion: number;
};

type Wanted = { id: string; conversationId: string };

/** Reads it, or null where the customer has no such conversation; only under the conversation's lock does it stay so. */
export async function look(
  tx: Tx,
  customerId: string,
  { id, conversationId }: Wanted,
): Promise<Seen | null> {
  const [seen] = await db(tx).$queryRaw<Seen[]>`
    SELECT clock_timestamp() AS "now",
      EXISTS (SELECT 1 FROM "Message" m WHERE m.id = ${id}::uuid) AS "known",
      (SELECT count(*)::int FROM "Message" m
       WHERE m.customer_id = ${customerId}::uuid AND m.role = 'customer'
         AND m.created_at > clock_timestamp() - make_interval(secs => ${RATE_SECONDS})) AS "sentLately",
      c.boundary_seq AS "boundarySeq", p.memory_on AS "memoryOn",
      coalesce(y.version, 0) AS "memoryVersion", ${openTurns.columns}
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
      LEFT JOIN "Memory" y ON y.conversation_id = c.id ${openTurns.joins}
    WHERE c.id = ${conversationId}::uuid AND c.customer_id = ${customerId}::uuid`;
  return seen ?? null;
}

type Claim = {
  turnId: string;
  runnerId: string;
  /** What is accepted: the message's id, and its place behind all others. */
  id: string;
  seq: number;
  text: RedactedText;
  tokens: number;
};

/** The turn as a claim would have read it, and the message with it. */
export function claimedOf(
  { id: conversationId, customerId, customerState, keyEpoch, generation }: Held,
  { boundarySeq, memoryOn, memoryVersion, now }: Seen,
  { turnId, runnerId, id, seq, text, tokens }: Claim,
): ClaimedTurn {
  const said = { id, seq, state: "final" as const, text, tokens, createdAt: now };
  return {
    id: turnId,
    conversationId,
    customerId,
    runnerId,
    generation: generation + 1,
    attempt: 1,
    throughSeq: seq,
    lastSeq: seq,
    boundarySeq,
    memoryVersion,
    keyEpoch,
    customerState,
    memoryOn,
    cancelRequested: false,
    stored: {
      after: seq - 1,
      messages: [{ ...said, role: "customer", speaker: speakers.customer }],
    },
  };
}
