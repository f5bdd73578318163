import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit } from "@/lib/privacy";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { StaffWhy } from "./schema";
import { ringConsole, ringConversation, ringQueue } from "./store-events";
import { addLine } from "./store-hand-off";
import { type Held, requireLocked } from "./store-lock";
import { closeProposals } from "./store-proposal";
import { stopTurns } from "./store-turn-end";

/** One act on a locked conversation; afterwards readers look again, and writers of a lower generation are fenced off. */
export async function act(
  conversationId: string,
  customerId: string | null,
  run: (tx: Tx, held: Held) => Promise<void>,
): Promise<void> {
  const generation = await transact(async (tx) => {
    const held = await requireLocked(tx, conversationId, customerId);
    await run(tx, held);
    const after = await db(tx).conversation.findUniqueOrThrow({
      where: { id: conversationId },
      select: { generation: true },
    });
    return after.generation;
  });
  await Promise.all([ringConversation(conversationId, generation), ringConsole(), ringQueue()]);
}

/**
 * A lead takes the conversation, from the AI or from a colleague. In one transaction the generation rises, an answer in
 * the middle of its words is stored as interrupted, and a boundary follows it: the AI writes nothing after it.
 *
 * The new owner sees the customer's values, so one `values_revealed` is written per ownership. `why` is for one that
 * nobody had asked for.
 */
export async function takeOver(
  staff: StaffCaller,
  conversationId: string,
  why: StaffWhy = "own_judgement",
): Promise<void> {
  await act(conversationId, null, async (tx, held) => {
    if (held.owner === "HUMAN" && held.assigneeId === staff.id) {
      return;
    }
    await stopTurns(tx, held, "taken_over");
    await closeProposals(tx, held, "taken_over");
    await takeHandOff(tx, held, staff.id, why);
    const boundary = await addLine(tx, held, {
      role: "boundary",
      text: "A person has joined the conversation.",
      authorId: staff.id,
      authorName: staff.name,
    });
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET owner = 'HUMAN', status = 'with_person', assignee_id = ${staff.id}::uuid,
        generation = generation + 1, boundary_seq = ${boundary}, waiting_since = NULL, solved_at = NULL
      WHERE id = ${held.id}::uuid`;
    await auditOwnership(tx, held, staff.id, staff.id);
    await tally(tx, "take_overs");
  });
}

async function takeHandOff(tx: Tx, held: Held, staffId: string, why: StaffWhy): Promise<void> {
  await endHandOffs(tx, held, "taken");
  const taken = await db(tx).$executeRaw`
    UPDATE "HandOff" SET state = 'taken', taken_by_id = ${staffId}::uuid, taken_at = clock_timestamp()
    WHERE conversation_id = ${held.id}::uuid AND state = 'waiting'`;
  if (taken === 0) {
    await db(tx).$executeRaw`
      INSERT INTO "HandOff" (id, conversation_id, customer_id, state, reason, why, taken_by_id, taken_at)
      VALUES (${newId()}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, 'taken',
        'staff_took_over', ${why}, ${staffId}::uuid, clock_timestamp())`;
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET hand_off_reason = 'staff_took_over', hand_off_why = ${why}
      WHERE id = ${held.id}::uuid`;
  }
}

/** Closes the hand-off that runs: the one a person has taken, or also the one that still waits. */
async function endHandOffs(tx: Tx, held: Held, which: "taken" | "any"): Promise<void> {
  await db(tx).$executeRaw`
    UPDATE "HandOff" SET state = 'returned', ended_at = clock_timestamp()
    WHERE conversation_id = ${held.id}::uuid
      AND (state = 'taken' OR (state = 'waiting' AND ${which === "any"}))`;
}

async function auditOwnership(tx: Tx, held: Held, actor: string, ownerId: string): Promise<void> {
  const { id: conversationId, customerId } = held;
  const action = actor === ownerId ? "conversation_taken_over" : "conversation_assigned";
  await audit(tx, { actor, customerId, action, metadata: { conversationId } });
  await audit(tx, {
    actor: ownerId,
    customerId,
    action: "values_revealed",
    metadata: { conversationId, reason: "hand_off" },
  });
}

/** Another lead's conversation is theirs until it is taken over. */
export function requireOwn(held: Held, staff: StaffCaller): void {
  if (held.owner === "HUMAN" && held.assigneeId !== staff.id) {
    throw new Refusal("conversation_owned");
  }
}

/**
 * The lead gives the conversation back to the AI (also one that still waits). A boundary marks it, so that old talk of a
 * hand-off cannot trigger another; the AI answers the customer's next message.
 */
export async function handBack(staff: StaffCaller, conversationId: string): Promise<void> {
  await act(conversationId, null, async (tx, held) => {
    requireOwn(held, staff);
    if (held.owner === "AI") {
      return;
    }
    await giveToAgent(tx, held, "open", "The assistant is answering again.");
    await audit(tx, {
      actor: staff.id,
      customerId: held.customerId,
      action: "conversation_handed_back",
      metadata: { conversationId },
    });
  });
}

async function giveToAgent(tx: Tx, held: Held, status: "open" | "solved", text: string) {
  await endHandOffs(tx, held, "any");
  const boundary = await addLine(tx, held, { role: "boundary", text });
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET owner = 'AI', status = ${status}::"ConversationStatus", assignee_id = NULL,
      generation = generation + 1, boundary_seq = ${boundary}, waiting_since = NULL, hand_off_reason = NULL,
      hand_off_why = NULL, asked_at = NULL, failed_answers = 0, offer_declined = false,
      solved_at = CASE WHEN ${status} = 'solved' THEN clock_timestamp() END
    WHERE id = ${held.id}::uuid`;
}

/** The matter is settled: whoever owned it, the conversation is the AI's again and rests until the customer writes. */
export async function solve(staff: StaffCaller, conversationId: string): Promise<void> {
  await act(conversationId, null, async (tx, held) => {
    requireOwn(held, staff);
    if (held.status === "solved") {
      return;
    }
    await stopTurns(tx, held, "solved");
    await closeProposals(tx, held, "solved");
    await giveToAgent(tx, held, "solved", "This conversation was marked as solved.");
    const { customerId } = held;
    const metadata = { conversationId };
    await audit(tx, { actor: staff.id, customerId, action: "conversation_solved", metadata });
  });
}

/** Takes back that a matter is settled. */
export async function reopen(staff: StaffCaller, conversationId: string): Promise<void> {
  await act(conversationId, null, async (tx, held) => {
    if (held.status !== "solved") {
      return;
    }
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET status = 'open', solved_at = NULL WHERE id = ${held.id}::uuid`;
    const { customerId } = held;
    const metadata = { conversationId };
    await audit(tx, { actor: staff.id, customerId, action: "conversation_reopened", metadata });
  });
}

/**
 * Gives the conversation to a member of staff, or to nobody. One that a person owns changes its owner (nobody: it waits
 * again); any other is only marked for them, and the AI goes on until somebody takes over.
 */
export async function assign(
  staff: StaffCaller,
  conversationId: string,
  userId: string | null,
): Promise<void> {
  await act(conversationId, null, async (tx, held) => {
    if (userId !== null) {
      await requireActiveStaff(tx, userId);
    }
    if (held.assigneeId === userId) {
      return;
    }
    await db(tx).conversation.update({
      where: { id: held.id },
      data: { assigneeId: userId },
      select: { id: true },
    });
    if (held.owner === "HUMAN" && userId === null) {
      await queueAgain(tx, held);
    } else if (held.owner === "HUMAN" && userId !== null) {
      await takeHandOff(tx, held, userId, "agreed");
      await auditOwnership(tx, held, staff.id, userId);
      return;
    }
    const metadata = { conversationId, ...(userId && { userId }) };
    const { customerId } = held;
    await audit(tx, { actor: staff.id, customerId, action: "conversation_assigned", metadata });
  });
}

async function requireActiveStaff(tx: Tx, id: string): Promise<void> {
  const user = await db(tx).user.findUnique({ where: { id }, select: { state: true } });
  if (user?.state !== "active") {
    throw new Refusal("not_found");
  }
}

async function queueAgain(tx: Tx, held: Held): Promise<void> {
  await endHandOffs(tx, held, "taken");
  await db(tx).handOff.create({
    data: {
      id: newId(),
      conversationId: held.id,
      customerId: held.customerId,
      reason: "staff_returned",
    },
    select: { id: true },
  });
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET owner = 'NONE', status = 'waiting', waiting_since = clock_timestamp(),
      asked_at = coalesce(asked_at, clock_timestamp()), hand_off_reason = 'staff_returned',
      hand_off_why = NULL, generation = generation + 1, assignee_id = NULL
    WHERE id = ${held.id}::uuid`;
}
