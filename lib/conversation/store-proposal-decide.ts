import type { CustomerCaller } from "@/lib/auth/schema";
import { Refusal, type RefusalCode } from "@/lib/errors";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ProposalState } from "./schema-proposal";
import { ringConversation } from "./store-events";
import { requireLocked } from "./store-lock";
import { closeProposals } from "./store-proposal";

type Decided = { conversationId: string; state: ProposalState };

/**
 * The customer confirms. From here on it is carried out, once, by whichever process gets to it: the caller is to begin
 * at once. Confirming again, from another tab or by a second click, changes nothing and is answered the same.
 *
 * Refuses `not_found` (absent or somebody else's), `proposal_expired`, `proposal_declined` (by the customer, a
 * take-over, a solved matter, a newer proposal) and `processing_restricted`.
 */
export async function confirmProposal(caller: CustomerCaller, id: string): Promise<Decided> {
  return await decide(caller, id, "confirmed");
}

/** The customer does not want it. Refuses `proposal_confirmed` once they have confirmed; declining twice is fine. */
export async function declineProposal(caller: CustomerCaller, id: string): Promise<Decided> {
  return await decide(caller, id, "declined");
}

// Thrown after the commit, so that what was found to be over is stored as over.
const REFUSED: Record<"confirmed" | "declined", { [State in ProposalState]?: RefusalCode }> = {
  confirmed: { expired: "proposal_expired", declined: "proposal_declined" },
  declined: {
    confirmed: "proposal_confirmed",
    executing: "proposal_confirmed",
    done: "proposal_confirmed",
    failed: "proposal_confirmed",
  },
};

async function decide(
  caller: CustomerCaller,
  id: string,
  wish: "confirmed" | "declined",
): Promise<Decided> {
  const conversationId = await findConversation(caller, id);
  const state = await transact((tx) => settle(tx, caller, { id, conversationId, wish }));
  await ringConversation(conversationId);
  const refused = REFUSED[wish][state];
  if (refused) {
    throw new Refusal(refused);
  }
  return { conversationId, state };
}

async function findConversation(caller: CustomerCaller, id: string): Promise<string> {
  const row = await db().proposal.findFirst({
    where: { id, customerId: caller.id },
    select: { conversationId: true },
  });
  if (!row) {
    throw new Refusal("not_found");
  }
  return row.conversationId;
}

type Wish = { id: string; conversationId: string; wish: "confirmed" | "declined" };

async function settle(
  tx: Tx,
  caller: CustomerCaller,
  { id, conversationId, wish }: Wish,
): Promise<ProposalState> {
  const held = await requireLocked(tx, conversationId, caller.id);
  if (held.owner === "HUMAN") {
    await closeProposals(tx, held, "taken_over");
  }
  const [before] = await db(tx).$queryRaw<{ state: ProposalState; over: boolean }[]>`
    SELECT state::text, expires_at <= clock_timestamp() AS over FROM "Proposal"
    WHERE id = ${id}::uuid AND customer_id = ${caller.id}::uuid FOR UPDATE`;
  if (!before) {
    throw new Refusal("not_found");
  }
  if (before.state !== "proposed") {
    return before.state;
  }
  const state = before.over ? "expired" : wish;
  await db(tx).$executeRaw`
    UPDATE "Proposal" SET state = ${state}::"ProposalState", decided_at = clock_timestamp(),
      why = CASE WHEN ${state} = 'declined' THEN 'customer' END
    WHERE id = ${id}::uuid`;
  await tally(tx, "proposals", state);
  return state;
}
