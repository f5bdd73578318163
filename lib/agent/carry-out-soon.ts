import { sweepProposals } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { carryOut } from "./carry-out";
import { answerSoon } from "./runner";

const SWEEP_MS = 2_000;

type Carrier = { id: string; carrying: Map<string, Promise<void>>; timer: NodeJS.Timeout | null };

function carrier(): Carrier {
  return once("effect-carrier", () => ({ id: newId(), carrying: new Map(), timer: null }));
}

/**
 * Carries out what the customer has just confirmed, detached from the request. Where this process does not get to it,
 * the proposal's row is the queue, and every process sweeps it.
 */
export function carryOutSoon(proposalId: string): void {
  const { id, carrying } = carrier();
  if (carrying.has(proposalId)) {
    return;
  }
  const work = carryOut(proposalId, { runnerId: id })
    .then((turnId) => answerSoon(turnId))
    .catch((error: unknown) => report(error, { where: "agent.carry_out", proposalId }))
    .finally(() => carrying.delete(proposalId));
  carrying.set(proposalId, work);
}

/** Begins to sweep: what was confirmed and not begun, and what a dead process left in the middle, is done here. */
export function startCarrying(): void {
  carrier().timer ??= setInterval(() => {
    sweep().catch((error: unknown) => report(error, { where: "agent.sweep_proposals" }));
  }, SWEEP_MS);
}

async function sweep(): Promise<void> {
  for (const proposalId of await sweepProposals()) {
    carryOutSoon(proposalId);
  }
}

/** Begins nothing more and lets what runs come to its end: it takes seconds, and nobody then has to ask what became of it. */
export async function stopCarrying(): Promise<void> {
  const held = carrier();
  if (held.timer) {
    clearInterval(held.timer);
    held.timer = null;
  }
  await Promise.allSettled(held.carrying.values());
}
