import { AsyncLocalStorage } from "node:async_hooks";
import {
  callRunners,
  claimTurn,
  handOverUnanswered,
  hearTurns,
  sweepTurns,
} from "@/lib/conversation";
import type { Answerer, ClaimedTurn } from "@/lib/conversation/schema";
import { newId } from "@/lib/id";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { onSettingChange, settingOf } from "@/lib/setting";
import { knownFacts } from "./known-facts";
import { isOverloaded } from "./load";
import { configuredEndpoints } from "./model";
import { readSpent } from "./store-spending";
import { runTurn, type TurnOptions } from "./turn";

const SWEEP_MS = 2_000;
/** Turns wait for a model most of the time: one process streams 300 (npm run bench). Past this the row waits for a sweep. */
const RUNNING_MAX = 320;
/** So many may run in a process that has more to do than it can: their words come slower, and the others wait whole. */
const RUNNING_OVERLOADED_MAX = 60;
/** After an outage everybody waits at once: taken together they would starve each other of connections. */
const SWEPT_MAX = 12;

type Runner = {
  id: string;
  running: Set<Promise<void>>;
  timer: NodeJS.Timeout | null;
  /** Rises when this process ends. */
  stop: AbortController;
  /** Runs a turn outside of the request that accepted it, whose context Next's own fetch and cookies would go by. */
  apart: <T>(run: () => T) => T;
  /** Rises for the turns that run while answers are switched off; the next ones are given a new one. */
  halt: AbortController;
};

function runner(): Runner {
  return once("agent-runner", () => ({
    id: newId(),
    running: new Set(),
    timer: null,
    stop: new AbortController(),
    apart: AsyncLocalStorage.snapshot(),
    halt: new AbortController(),
  }));
}

/**
 * Answers a turn as soon as this process can, detached from the request that accepted it. Nothing is lost when it
 * cannot: the turn's row is the queue, and every process sweeps it.
 */
export function answerSoon(turnId?: string | null): void {
  const held = runner();
  if (turnId === null) {
    return;
  }
  if (held.stop.signal.aborted) {
    // Accepted by a process that ends: another one answers, and need not wait for its sweep.
    void callOthers();
    return;
  }
  if (isFull(held)) {
    return;
  }
  keepTrack(held, () => claimAndRun(held, turnId));
}

function isFull({ running: { size } }: Runner): boolean {
  return size >= RUNNING_MAX || (size >= RUNNING_OVERLOADED_MAX && isOverloaded());
}

function keepTrack({ running, apart }: Runner, begin: () => Promise<void>): void {
  const work: Promise<void> = apart(begin)
    .catch((error: unknown) => report(error, { where: "agent.runner" }))
    .finally(() => running.delete(work));
  running.add(work);
}

/**
 * This process as the one who answers a message that is about to be accepted. What was spent so far, and what is known of
 * the customer, is looked up meanwhile, so that the model need not wait for it.
 */
export function answererHere(
  asked: Pick<ClaimedTurn, "conversationId" | "customerId" | "keyEpoch" | "memoryOn">,
): Answerer {
  const held = runner();
  const free = !held.stop.signal.aborted && !isFull(held);
  const spent = free && configuredEndpoints().length > 0 ? readSpent(asked) : undefined;
  // Whoever waits for it hears of a failure; where somebody else answers, nobody does.
  spent?.catch(() => undefined);
  const facts = free ? knownFacts(asked) : undefined;
  return {
    runnerId: free ? held.id : null,
    begin(turn, committed) {
      // One that ends meanwhile gives the turn back by itself.
      keepTrack(held, () => runHere(held, turn, { spent, facts, committed }));
    },
    answer: answerSoon,
  };
}

async function claimAndRun(held: Runner, turnId?: string): Promise<void> {
  const turn = await claimTurn(held.id, turnId);
  if (turn) {
    await runHere(held, turn);
  }
}

async function runHere(
  { stop, halt }: Runner,
  turn: ClaimedTurn,
  begun: Pick<TurnOptions, "spent" | "facts" | "committed"> = {},
): Promise<void> {
  const signal = AbortSignal.any([stop.signal, halt.signal]);
  const { nextTurnId } = await runTurn(turn, { signal, ...begun });
  if (nextTurnId) {
    answerSoon(nextTurnId);
  }
}

/** Begins to sweep: turns that nobody claimed, and turns whose process died, are answered here. */
export function startRunner(): void {
  const held = runner();
  if (held.timer) {
    return;
  }
  const sweepNow = () => {
    sweep(held).catch((error: unknown) => report(error, { where: "agent.sweep" }));
  };
  held.timer = setInterval(sweepNow, SWEEP_MS);
  hearTurns(sweepNow);
  onSettingChange("answers", sweepNow);
}

async function sweep(held: Runner): Promise<void> {
  if (held.stop.signal.aborted) {
    return;
  }
  if (!(await settingOf("answers")).on) {
    await halt(held);
    return;
  }
  if (isFull(held)) {
    return;
  }
  for (const turnId of await sweepTurns(SWEPT_MAX)) {
    answerSoon(turnId);
  }
}

/** Answers are switched off: what was said goes to the record first, then the models are told to be silent. */
async function halt(held: Runner): Promise<void> {
  const before = held.halt;
  held.halt = new AbortController();
  try {
    await handOverUnanswered();
  } finally {
    before.abort();
  }
}

/** Stops taking turns and gives the running ones back at once, so that another process goes on with them. */
export async function stopRunner(): Promise<void> {
  const held = runner();
  if (held.timer) {
    clearInterval(held.timer);
    held.timer = null;
  }
  const had = held.running.size > 0;
  held.stop.abort();
  await Promise.allSettled(held.running);
  if (had) {
    await callOthers();
  }
}

async function callOthers(): Promise<void> {
  try {
    await callRunners();
  } catch (error) {
    report(error, { where: "agent.call" });
  }
}
