import type { Caller } from "@/lib/auth/schema";
import { keyOf } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import { openCheckpoint } from "./message-seal";
import type { ConversationView, MessageView, ProposalView, TurnOutcome } from "./schema";
import { proposalsFor } from "./store-proposal";
import { seesValues } from "./store-staff";
import {
  customerView,
  findViewRow,
  inboxRow,
  listMessages,
  restoreMessages,
  restoreTitles,
} from "./store-view";

/** A conversation as one reader may see it now. `restored`: with the customer's values in it. */
export type Watched = {
  key: SubjectKey;
  reader: Caller["kind"];
  restored: boolean;
  conversation: ConversationView;
  /** Looked for only where there is one. */
  hasProposals: boolean;
};

export type WatchedTurn = {
  id: string;
  generation: number;
  state: TurnOutcome;
  /** What this attempt has said so far; empty when only an earlier attempt had begun. */
  checkpoint: RedactedText | null;
  answerId: string | null;
};

/** Ownership and state, asked at every connect, heartbeat and change; null ends the reader's stream. */
export async function findWatched(caller: Caller, id: string): Promise<Watched | null> {
  const row = await findViewRow(id, caller.kind === "customer" ? caller.id : null);
  if (!row || (caller.kind === "staff" && !(await isActiveStaff(caller.id)))) {
    return null;
  }
  const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
  const restored = caller.kind === "customer" || seesValues(caller, row);
  const view = caller.kind === "customer" ? customerView(key, row) : inboxRow(key, row, restored);
  const [shown = view] = restored ? await restoreTitles(key, [view]) : [view];
  const { hasProposals } = row;
  return { key, reader: caller.kind, restored, conversation: shown, hasProposals };
}

/** A lead who was deactivated sees nothing more. */
export async function isActiveStaff(id: string): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id }, select: { state: true } });
  return user?.state === "active";
}

/** The messages after a seq, as this reader may see them. */
export async function listWatched(watched: Watched, afterSeq: number): Promise<MessageView[]> {
  const { key, reader, restored, conversation } = watched;
  const messages = await listMessages(key, conversation.id, reader, { afterSeq });
  return restored ? await restoreMessages(key, messages) : messages;
}

/** What the customer is or was asked to confirm, as this reader may see it. */
export async function listWatchedProposals(watched: Watched): Promise<ProposalView[]> {
  const { key, restored, conversation, hasProposals } = watched;
  return hasProposals ? await proposalsFor(key, conversation.id, restored) : [];
}

type TurnRow = Omit<WatchedTurn, "checkpoint"> & { checkpointSealed: Uint8Array | null };

const TURNS = 3;

/** The newest turns that were begun, oldest first. */
export async function listTurns({ key, conversation }: Watched): Promise<WatchedTurn[]> {
  const rows = await db().$queryRaw<TurnRow[]>`
    SELECT id, generation, state::text, answer_id AS "answerId",
      CASE WHEN checkpoint_offset > 0 THEN checkpoint_sealed END AS "checkpointSealed"
    FROM "Turn"
    WHERE conversation_id = ${conversation.id}::uuid AND started_at IS NOT NULL AND state > 'pending'
    ORDER BY created_at DESC LIMIT ${TURNS}`;
  return rows.reverse().map(({ checkpointSealed, ...turn }) => ({
    ...turn,
    checkpoint: openCheckpoint(key, turn.id, checkpointSealed),
  }));
}
