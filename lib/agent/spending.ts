import { env } from "@/lib/env";
import type { FaultCode } from "./fault-table";

/** Money in millionths of the currency in which the prices are given. */
export type Amount = { tokens: number; costMicros: number };

/** How much of the models may be used; above it, the model in this process answers. */
export type SpendingLimits = {
  turn: Amount;
  conversation: Amount;
  customerDay: Amount;
  siteDay: Amount;
};

export type Usage = { promptTokens: number; completionTokens: number };

const MICROS = 1_000_000;

function amount(tokens: number, cost: number | undefined): Amount {
  return { tokens, costMicros: cost === undefined ? Number.POSITIVE_INFINITY : cost * MICROS };
}

export const usualSpending: SpendingLimits = {
  turn: amount(env.LIMIT_TOKENS_TURN, env.LIMIT_COST_TURN),
  conversation: amount(env.LIMIT_TOKENS_CONVERSATION, env.LIMIT_COST_CONVERSATION),
  customerDay: amount(env.LIMIT_TOKENS_CUSTOMER_DAY, env.LIMIT_COST_CUSTOMER_DAY),
  siteDay: amount(env.LIMIT_TOKENS_SITE_DAY, env.LIMIT_COST_SITE_DAY),
};

/** What so many tokens are and cost. A price per million is a price in millionths per token. */
export function amountOf({ promptTokens, completionTokens }: Usage): Amount {
  const cost = promptTokens * env.MODEL_PRICE_INPUT + completionTokens * env.MODEL_PRICE_OUTPUT;
  return { tokens: promptTokens + completionTokens, costMicros: Math.round(cost) };
}

export function isOver(spent: Amount, limit: Amount): boolean {
  return spent.tokens >= limit.tokens || spent.costMicros >= limit.costMicros;
}

export type Spent = Omit<{ [Scope in keyof SpendingLimits]: Amount }, "turn">;

/** Which limit is reached, if any. The widest one is told: nobody else can be helped either. */
export function findReached(spent: Spent, limits: SpendingLimits): FaultCode | null {
  if (isOver(spent.siteDay, limits.siteDay)) {
    return "site_budget";
  }
  if (isOver(spent.customerDay, limits.customerDay)) {
    return "customer_budget";
  }
  return isOver(spent.conversation, limits.conversation) ? "conversation_budget" : null;
}
