import {
  asRedacted,
  bodyMac,
  keyOf,
  open,
  openJson,
  restoreAll,
  seal,
  sealJson,
} from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, tally } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  type NewProposal,
  ProposalCard,
  type ProposalState,
  type ProposalView,
  ProposalWhy,
} from "./schema-proposal";
import type { Held } from "./store-lock";

/** Long enough to look something up, short enough that what was said about the order is still true. */
const OPEN_MINUTES = 30;
const SHOWN_MAX = 50;

type Column = "argsSealed" | "cardSealed" | "resultSealed";
const at = (id: string, column: Column) => ({ table: "Proposal", row: id, column });

/**
 * Stores what a turn proposes, in the transaction that stores its answer: a turn that was lost, stopped or begun again
 * leaves no proposal behind. An open one about the same thing makes room.
 */
export async function writeProposals(
  tx: Tx,
  held: Held,
  turnId: string,
  proposals: readonly NewProposal[],
): Promise<void> {
  const key = await keyOf({ id: held.customerId, keyEpoch: held.keyEpoch }, tx);
  for (const { id, tool, args, card, subject } of proposals) {
    const subjectMac = bodyMac(key, `proposal ${subject}`);
    await db(tx).$executeRaw`
      UPDATE "Proposal" SET state = 'declined', why = 'replaced', decided_at = clock_timestamp()
      WHERE conversation_id = ${held.id}::uuid AND subject_mac = ${subjectMac} AND state = 'proposed'`;
    await db(tx).$executeRaw`
      INSERT INTO "Proposal" (id, conversation_id, customer_id, turn_id, tool, args_sealed, card_sealed,
        subject_mac, expires_at)
      VALUES (${id}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${turnId}::uuid, ${tool},
        ${seal(key, at(id, "argsSealed"), args)}, ${sealJson(key, at(id, "cardSealed"), card)},
        ${subjectMac}, clock_timestamp() + make_interval(mins => ${OPEN_MINUTES}::int))`;
    await tally(tx, "proposals", "proposed");
  }
}

/**
 * Declines what is still open in a locked conversation: a person who takes over decides what is done from here on, and
 * a solved matter asks nothing any more. What the customer has confirmed already is carried out.
 */
export async function closeProposals(
  tx: Tx,
  held: Held,
  why: "taken_over" | "solved",
): Promise<void> {
  await db(tx).$executeRaw`
    UPDATE "Proposal" SET state = 'declined', why = ${why}, decided_at = clock_timestamp()
    WHERE conversation_id = ${held.id}::uuid AND state = 'proposed'`;
}

type Row = {
  id: string;
  turnId: string;
  state: ProposalState;
  why: string | null;
  cardSealed: Uint8Array;
  resultSealed: Uint8Array | null;
  expiresAt: Date;
};

/** The newest proposals of a conversation that the caller may see, oldest first, in the placeholder form. */
async function listProposals(key: SubjectKey, conversationId: string): Promise<ProposalView[]> {
  // One that ran out is shown as what it is, also before the sweep has been by.
  const rows = await db().$queryRaw<Row[]>`
    SELECT id, turn_id AS "turnId", why, card_sealed AS "cardSealed", result_sealed AS "resultSealed",
      expires_at AS "expiresAt",
      CASE WHEN state = 'proposed' AND expires_at <= clock_timestamp() THEN 'expired'
           ELSE state::text END AS state
    FROM "Proposal"
    WHERE conversation_id = ${conversationId}::uuid AND customer_id = ${key.ownerId}::uuid
    ORDER BY created_at DESC, id DESC LIMIT ${SHOWN_MAX}`;
  return rows.reverse().map((row) => ({
    id: row.id,
    turnId: row.turnId,
    state: row.state,
    why: row.why === null ? null : ProposalWhy.parse(row.why),
    card: openJson(key, at(row.id, "cardSealed"), ProposalCard, row.cardSealed),
    result: row.resultSealed && open(key, at(row.id, "resultSealed"), row.resultSealed),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** The proposals of a conversation for one reader: with the customer's values in them, or as placeholders. */
export async function proposalsFor(
  key: SubjectKey,
  conversationId: string,
  restored: boolean,
): Promise<ProposalView[]> {
  const proposals = await listProposals(key, conversationId);
  return restored ? await restoreProposals(key, proposals) : proposals;
}

/** Puts the customer's values back, for their own screen and the lead who owns the conversation. */
async function restoreProposals(
  key: SubjectKey,
  proposals: readonly ProposalView[],
): Promise<ProposalView[]> {
  const texts = proposals.flatMap(textsOf).map(asRedacted);
  const restored = (await restoreAll(key, texts)).values();
  const next = () => restored.next().value ?? "";
  return proposals.map((proposal) => {
    const { card, result } = proposal;
    return {
      ...proposal,
      card: {
        title: next(),
        facts: card.facts.map(({ label, values }) => ({ label, values: values.map(next) })),
        consequence: next(),
        confirm: card.confirm,
      },
      result: result === null ? null : next(),
    };
  });
}

/** Every text of a proposal that may hold a placeholder, in the order in which they are put back. */
function textsOf({ card, result }: ProposalView): string[] {
  const values = card.facts.flatMap((fact) => fact.values);
  return [card.title, ...values, card.consequence, ...(result === null ? [] : [result])];
}

export function openArgs(key: SubjectKey, id: string, sealed: Uint8Array): string {
  return open(key, at(id, "argsSealed"), sealed);
}

export function sealResult(key: SubjectKey, id: string, text: string) {
  return seal(key, at(id, "resultSealed"), text);
}
