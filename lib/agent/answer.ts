import { report } from "@/lib/observability";
import { type Answer, ask, loadMemory, type Question } from "./ask";
import { circuitOf, guard } from "./circuit";
import { type FaultCode, sayToCustomer } from "./fault-table";
import { ModelFault } from "./faults";
import type { Limits } from "./limits";
import {
  type AnsweringModel,
  type Endpoint,
  learnRefusal,
  offlineModel,
  openaiModel,
} from "./model";
import { Joined } from "./speak";
import { findReached } from "./spending";
import { readSpent } from "./store-spending";
import type { Run } from "./turn";
import { pause } from "./within";

export type { Answer } from "./ask";

const OFFER =
  "Here is what our automatic help can tell you; a person can take over whenever you ask for one.";

/** How the turn stands while its models are tried one after the other. */
type Try = {
  /** When something useful must be on the screen, on the clock of `performance.now()`. */
  usefulByMs: number;
  throughSeq: number;
  /** Begun beside the look at the limits; the first call takes it. */
  memory: Question["memory"] | null;
  restarts: number;
};

/**
 * The answer of the first model that gives one: the configured one, tried again before its first word where that may
 * help, the second one, last the model in this process. All of them together have the time of `limits.usefulMs`.
 */
export async function answer(run: Run): Promise<Answer> {
  const { endpoints, limits, startedMs } = run;
  const state: Try = {
    usefulByMs: startedMs + limits.usefulMs,
    throughSeq: run.turn.throughSeq,
    memory: loadMemory(run, run.turn.throughSeq),
    restarts: 0,
  };
  let why = endpoints.length > 0 ? await findReachedLimit(run) : null;
  for (const endpoint of why ? [] : endpoints) {
    const tried = await askEndpoint(run, endpoint, state);
    if (!(tried instanceof ModelFault)) {
      return withFallback(tried, why);
    }
    why ??= tried.code;
  }
  const model = offline(run, why);
  const last = { model, heard: () => undefined, trimmed: false };
  const answered = withFallback(await askAgain(run, last, state, 0), why);
  return why ? { ...answered, meta: { ...answered.meta, builtIn: true } } : answered;
}

/** The limit of tokens or money that this turn's conversation, customer or site has reached. */
async function findReachedLimit({ turn, limits, spent }: Run): Promise<FaultCode | null> {
  try {
    return findReached(await (spent ?? readSpent(turn)), limits.spending);
  } catch (error) {
    report(error, { where: "agent.spent" });
    return null;
  }
}

/** What is told of an answer that the configured model did not give: the code of its failure. */
function withFallback(answered: Answer, why: FaultCode | null): Answer {
  return why ? { ...answered, meta: { ...answered.meta, fallback: why } } : answered;
}

function offline({ wordDelayMs }: Run, why: FaultCode | null): AnsweringModel {
  const preface = why ? `${sayToCustomer(why)} ${OFFER}` : "";
  return offlineModel({ preface, ...(wordDelayMs !== undefined && { wordDelayMs }) });
}

/** One model's answer, or the failure after which another is to be asked. */
async function askEndpoint(run: Run, endpoint: Endpoint, state: Try): Promise<Answer | ModelFault> {
  const { limits } = run;
  circuitOf(endpoint).budget.earn();
  let trimmed = false;
  for (let attempt = 1; ; ) {
    try {
      const model = openaiModel(endpoint, limits.connectMs);
      const answered = await guard(endpoint, (heard) =>
        askAgain(run, { model, heard, trimmed }, state, limits.reserveMs),
      );
      model.giveBack();
      return answered;
    } catch (error) {
      const fault = requireFault(run, error);
      const shorter: boolean = fault.code === "too_long" && !trimmed;
      trimmed ||= shorter;
      if (learnRefusal(endpoint, fault) || shorter) {
        continue;
      }
      const waitMs = retryIn(fault, attempt, limits, state);
      if (waitMs === null || !circuitOf(endpoint).budget.spend()) {
        return fault;
      }
      await pause(waitMs, run.signal);
      attempt += 1;
    }
  }
}

/** A model's failure before its first word; after it, and for anything else, the turn ends. */
function requireFault(run: Run, error: unknown): ModelFault {
  if (!(error instanceof ModelFault) || run.said !== "" || run.signal.aborted) {
    throw error;
  }
  return error;
}

/** How long to wait before the same model is asked again, or null when that is useless or there is no time for it. */
function retryIn(
  fault: ModelFault,
  attempt: number,
  { retriesMax, backoffMs, reserveMs, attemptMinMs }: Limits,
  { usefulByMs }: Try,
): number | null {
  if (!fault.worthRetrying || attempt > retriesMax) {
    return null;
  }
  // Jitter keeps those who failed together from coming back together; nobody comes sooner than was asked.
  const jitterMs = backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
  const waitMs = (fault.retryAfterMs ?? 0) + jitterMs;
  const leftMs = usefulByMs - reserveMs - performance.now();
  return waitMs + attemptMinMs <= leftMs ? waitMs : null;
}

/** Asks one model, again from the start where newer messages joined. */
async function askAgain(
  run: Run,
  question: Pick<Question, "model" | "heard" | "trimmed">,
  state: Try,
  reserveMs: number,
): Promise<Answer> {
  for (;;) {
    const usefulByMs = state.usefulByMs - reserveMs;
    if (question.model.wire && usefulByMs - performance.now() < run.limits.attemptMinMs) {
      throw new ModelFault("slow", { skipped: true });
    }
    const { throughSeq } = state;
    const memory = state.memory ?? loadMemory(run, throughSeq);
    state.memory = null;
    try {
      return await ask(run, { ...question, usefulByMs, throughSeq, memory });
    } catch (error) {
      if (!(error instanceof Joined) || state.restarts >= run.limits.restartsMax) {
        throw error;
      }
      state.restarts += 1;
      state.throughSeq = error.throughSeq;
      // Whoever wrote again a moment ago has begun to wait anew.
      state.usefulByMs = performance.now() + run.limits.usefulMs;
    }
  }
}
