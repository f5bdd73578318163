import { claimTurn, sweepTurns } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { runTurn } from "./turn";

const SWEEP_MS = 2_000;
/** Turns wait for a model most of the time; past this many, the row waits and the sweep takes it. */
const RUNNING_MAX = 48;
/** After an outage everybody waits at once: taken together they would starve each other of connections. */
const SWEPT_MAX = 12;

type Runner = {
  id: string;
  running: Set<Promise<void>>;
  timer: NodeJS.Timeout | null;
  stop: AbortController;
};

function runner(): Runner {
  return once("agent-runner", () => ({
    id: newId(),
    running: new Set(),
    timer: null,
    stop: new AbortController(),
  }));
}

/**
 * Answers a turn as soon as this process can, detached from the request that accepted it. Nothing is lost when it
 * cannot: the turn's row is the queue, and every process sweeps it.
 */
export function answerSoon(turnId?: string | null): void {
  const held = runner();
  if (turnId === null || held.stop.signal.aborted || held.running.size >= RUNNING_MAX) {
    return;
  }
  const work: Promise<void> = answerNow(held, turnId)
    .catch((error: unknown) => report(error, { where: "agent.runner" }))
    .finally(() => held.running.delete(work));
  held.running.add(work);
}

async function answerNow({ id, stop }: Runner, turnId?: string): Promise<void> {
  const turn = await claimTurn(id, turnId);
  if (!turn) {
    return;
  }
  const { nextTurnId } = await runTurn(turn, { signal: stop.signal });
  if (nextTurnId) {
    answerSoon(nextTurnId);
  }
}

/** Begins to sweep: turns that nobody claimed, and turns whose process died, are answered here. */
export function startRunner(): void {
  const held = runner();
  held.timer ??= setInterval(() => {
    sweep(held).catch((error: unknown) => report(error, { where: "agent.sweep" }));
  }, SWEEP_MS);
}

async function sweep(held: Runner): Promise<void> {
  if (held.stop.signal.aborted || held.running.size >= RUNNING_MAX) {
    return;
  }
  for (const turnId of await sweepTurns(SWEPT_MAX)) {
    answerSoon(turnId);
  }
}

/** Stops taking turns and gives the running ones back at once, so that another process goes on with them. */
export async function stopRunner(): Promise<void> {
  const held = runner();
  if (held.timer) {
    clearInterval(held.timer);
    held.timer = null;
  }
  held.stop.abort();
  await Promise.allSettled(held.running);
}
