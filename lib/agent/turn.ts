import {
  commitTurn,
  type EventWriter,
  eventWriter,
  failTurn,
  interruptTurn,
  isRecordAway,
  releaseTurn,
} from "@/lib/conversation";
import type { ClaimedTurn, HandOffReason, NewProposal } from "@/lib/conversation/schema";
import type { Fact } from "@/lib/customer/schema";
import { countTokens, holdMemory } from "@/lib/memory";
import { report } from "@/lib/observability";
import { asRedacted, keyOf, redact } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { type ConnectedTool, demoShop, listConnectedTools, type ShopConnector } from "@/lib/shop";
import { afterTurn } from "./after-turn";
import { type Answer, answer } from "./answer";
import { isKept } from "./committed";
import { endAtSentence } from "./end-at-sentence";
import { sayToCustomer } from "./fault-table";
import { ModelFault, TurnStopped } from "./faults";
import { knownFacts } from "./known-facts";
import { type Limits, usualLimits } from "./limits";
import { timeTurn } from "./load";
import { configuredEndpoints, type Endpoint } from "./model";
import { startPulse } from "./pulse";
import type { Spent } from "./spending";

/** What a turn works with. Everything has a usual value; tests and scripts pass their own. */
export type TurnOptions = {
  limits?: Limits;
  /** The first model's; null for the one in this process. */
  endpoint?: Endpoint | null;
  /** The one that is asked when the first does not answer. Without an `endpoint` both are the configured ones. */
  second?: Endpoint;
  shop?: ShopConnector;
  now?: () => Date;
  /** Ends the turn from outside, as when the process stops. */
  signal?: AbortSignal;
  wordDelayMs?: number;
  /** What has been spent, where whoever begins the turn has begun to look. */
  spent?: Promise<Spent> | undefined;
  /** What is known of the customer, likewise. */
  facts?: Promise<Fact[]> | undefined;
  /** Where the turn has begun before it was stored: when it is, or that it is not. */
  committed?: Promise<void>;
};

/** One turn on its way to an answer. */
export type Run = {
  turn: ClaimedTurn;
  key: SubjectKey;
  events: EventWriter;
  limits: Limits;
  endpoints: Endpoint[];
  shop: ShopConnector;
  /** What admins have connected and allowed. */
  connected: Promise<ConnectedTool[]>;
  now: () => Date;
  wordDelayMs: number | undefined;
  spent: Promise<Spent> | undefined;
  /** Nothing is stored or shown of the turn, nor the record read through it, before this resolves. */
  committed: Promise<void>;
  /** What is known from other conversations; none where memory is off. */
  facts: Promise<Fact[]>;
  signal: AbortSignal;
  startedMs: number;
  /** What the customer has been shown so far, in placeholder form. */
  said: RedactedText;
  answerStarted: boolean;
  handOff: HandOffReason | null;
  /** What the answer asks the customer to confirm. */
  proposals: NewProposal[];
};

export type TurnResult = { outcome: "done" | "stopped" | "failed" | "lost"; nextTurnId?: string };

/**
 * Answers one claimed turn: memory, model and tools, stream, commit, and what is to happen behind the answer.
 *
 * Never throws: a turn that cannot be finished is marked so that a retry, another process or a person can go on.
 */
export async function runTurn(turn: ClaimedTurn, options: TurnOptions = {}): Promise<TurnResult> {
  const limits = options.limits ?? usualLimits;
  const abort = new AbortController();
  const release = holdMemory(turn.conversationId);
  const callOff = timeTurn(limits.turnMs, () => abort.abort(new ModelFault("turn_timeout")));
  const outside = () => abort.abort(new TurnStopped("shutdown"));
  options.signal?.addEventListener("abort", outside, { once: true });
  if (options.signal?.aborted) {
    outside();
  }
  const committed = options.committed ?? Promise.resolve();
  committed.catch(() => abort.abort(new TurnStopped("lost")));
  try {
    const run = await openRun(turn, { ...options, committed }, abort.signal);
    const pulse = startPulse(run, limits, abort);
    try {
      return await finish(run, await answer(run));
    } catch (error) {
      return (await isKept(run)) ? await end(run, error) : { outcome: "lost" };
    } finally {
      await pulse.stop();
    }
  } catch (error) {
    report(error, { where: "agent.turn", turnId: turn.id });
    return { outcome: "failed" };
  } finally {
    callOff();
    release();
    options.signal?.removeEventListener("abort", outside);
  }
}

function endpointsOf({ endpoint, second }: TurnOptions): Endpoint[] {
  return endpoint === undefined
    ? configuredEndpoints()
    : [endpoint, second].filter((each) => each !== null && each !== undefined);
}

async function openRun(
  turn: ClaimedTurn,
  options: TurnOptions & { committed: Promise<void> },
  signal: AbortSignal,
): Promise<Run> {
  // Switched off meanwhile, what has been read is not used.
  const facts = turn.memoryOn ? (options.facts ?? knownFacts(turn)) : Promise.resolve([]);
  return {
    turn,
    facts,
    key: await keyOf({ id: turn.customerId, keyEpoch: turn.keyEpoch }),
    events: eventWriter(turn),
    limits: options.limits ?? usualLimits,
    endpoints: endpointsOf(options),
    shop: options.shop ?? demoShop,
    connected: listConnectedTools(),
    now: options.now ?? (() => new Date()),
    wordDelayMs: options.wordDelayMs,
    spent: options.spent,
    committed: options.committed,
    signal,
    startedMs: performance.now(),
    said: asRedacted(""),
    answerStarted: false,
    handOff: null,
    proposals: [],
  };
}

async function finish(run: Run, { text, meta, memory, unanswered }: Answer): Promise<TurnResult> {
  await run.committed;
  await run.events.end();
  const { stored, message, nextTurnId } = await commitTurn(run.turn, {
    begun: run.answerStarted,
    text,
    meta: { ...meta, totalMs: Math.round(performance.now() - run.startedMs) },
    tokens: countTokens(text),
    ...(run.handOff && { handOff: run.handOff }),
    proposals: run.proposals,
    unanswered,
  });
  if (!stored) {
    return { outcome: "lost" };
  }
  await afterTurn(run, memory, message?.seq ?? 0);
  return { outcome: "done", ...(nextTurnId && { nextTurnId }) };
}

const GO_ON = "You can try again, or ask for a person at any time.";

/** Ends a turn that has no answer. What was shown is kept; what went wrong is never stored as an answer. */
async function end(run: Run, error: unknown): Promise<TurnResult> {
  if (error instanceof TurnStopped) {
    return await stop(run, error.why);
  }
  if (error instanceof ModelFault && run.said.trim() !== "") {
    return await breakOff(run, error);
  }
  report(error, { where: "agent.turn", turnId: run.turn.id });
  if (isRecordAway(error)) {
    // An apology would outlive the outage. The lease runs out and the turn is answered then, by whoever is there.
    return { outcome: "lost" };
  }
  await run.events.end();
  const { nextTurnId } = await failTurn(
    run.turn,
    error instanceof ModelFault ? error.code : "unexpected",
  );
  return { outcome: "failed", ...(nextTurnId && { nextTurnId }) };
}

/** Keeps what was shown of an answer whose model failed, and says under it what happened. */
async function breakOff(run: Run, { code }: ModelFault): Promise<TurnResult> {
  const note = `\n\n${sayToCustomer(code)} ${GO_ON}`;
  run.events.delta(asRedacted(note));
  await run.events.end();
  const said = code === "endless" ? endAtSentence(run.said) : run.said.trimEnd();
  const text = asRedacted(said + note);
  const { nextTurnId } = await interruptTurn(run.turn, text, `model_${code}`, {
    tokens: countTokens(text),
    // Who was promised a person before the words broke off gets one.
    ...(run.handOff && { handOff: run.handOff }),
  });
  return { outcome: "stopped", ...(nextTurnId && { nextTurnId }) };
}

async function stop(run: Run, why: TurnStopped["why"]): Promise<TurnResult> {
  if (why === "lost") {
    return { outcome: "lost" };
  }
  await run.events.end();
  if (why === "shutdown") {
    await releaseTurn(run.turn);
    return { outcome: "stopped" };
  }
  const text = await redact(run.key, run.said);
  const { nextTurnId } = await interruptTurn(run.turn, text, "cancelled");
  return { outcome: "stopped", ...(nextTurnId && { nextTurnId }) };
}
