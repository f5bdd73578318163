import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { Breaker, type BreakerView, usualRules } from "./breaker";
import { ModelFault } from "./faults";
import { type Endpoint, refusesParameter } from "./model";
import { RetryBudget, usualBudget } from "./retry-budget";

/** What this process knows of one model at one provider. */
export type Circuit = { breaker: Breaker; budget: RetryBudget };

// Runs on when the wall clock is set back.
const now = () => performance.timeOrigin + performance.now();

/**
 * What is asked of a model. Answers and what is done behind them count apart: a customer must not be given the second
 * model because summaries fail, which are longer, rarer, and tried again by their job.
 */
export type Use = "answer" | "background";

/** The circuit of an endpoint, shared by everything in this process that calls it for the same use. */
export function circuitOf({ baseUrl, model }: Endpoint, use: Use = "answer"): Circuit {
  const all = once<Map<string, Circuit>>("model-circuits", () => new Map());
  const key = `${use} ${baseUrl} ${model}`;
  const held = all.get(key);
  if (held) {
    return held;
  }
  const changed = (to: BreakerView) => tell(model, use, to);
  const circuit = {
    breaker: new Breaker(usualRules, { now, random: Math.random, changed }),
    budget: new RetryBudget(usualBudget, now),
  };
  all.set(key, circuit);
  return circuit;
}

/** One line for each change: a model that is down for an hour does not fill the log. */
function tell(model: string, use: Use, { state, why }: BreakerView): void {
  if (why) {
    log.warn({ event: "model_down", model, use, code: why });
  } else {
    log.info({ event: `model_${state}`, model, use });
  }
}

/**
 * Makes one call under the endpoint's breaker: refused at once while that is open, else its outcome counts. `heard` is
 * to be called with the first word, so that a probe need not last as long as an answer.
 */
export async function guard<T>(
  endpoint: Endpoint,
  call: (heard: () => void) => Promise<T>,
  use: Use = "answer",
): Promise<T> {
  const { breaker } = circuitOf(endpoint, use);
  const pass = breaker.enter();
  if (!pass) {
    throw new ModelFault(breaker.look().why ?? "refused", { skipped: true });
  }
  try {
    const result = await call(pass.heard);
    pass.heard();
    return result;
  } catch (error) {
    // A parameter that the model does not take is our mistake, and learned from.
    if (error instanceof ModelFault && !refusesParameter(endpoint, error)) {
      pass.failed(error.code, error.retryAfterMs);
    }
    throw error;
  } finally {
    pass.left();
  }
}
