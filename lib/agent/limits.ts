import { type SpendingLimits, usualSpending } from "./spending";

/** How long a turn may wait for what. Passed in, so that tests need not wait. */
export type Limits = {
  connectMs: number;
  firstTokenMs: number;
  betweenTokensMs: number;
  turnMs: number;
  /** The customer sees an answer begin within this, over all models, attempts and waits together. */
  usefulMs: number;
  /** The part of it that is kept for the answer of the model in this process. */
  reserveMs: number;
  /** With less time than this left, a model is not asked any more. */
  attemptMinMs: number;
  /** How often the same model is asked again before its first word, and the first wait, which doubles. */
  retriesMax: number;
  backoffMs: number;
  /** An answer that grows beyond this is ended at a sentence. */
  answerCharsMax: number;
  /** Wrong tool calls of one kind in one turn; the last one ends it. */
  mistakesMax: number;
  /** How much of the models may be used, in tokens and money. */
  spending: SpendingLimits;
  toolMs: number;
  /** How often a running turn keeps what it has said, prolongs its lease and hears whether to stop. */
  checkpointMs: number;
  /** Model calls with tools in one turn; a loop is cut here. */
  modelCallsMax: number;
  /** How often newer messages may restart a call whose answer has not begun. */
  restartsMax: number;
};

export const usualLimits: Limits = {
  connectMs: 3_000,
  firstTokenMs: 10_000,
  betweenTokensMs: 15_000,
  turnMs: 60_000,
  usefulMs: 12_000,
  reserveMs: 700,
  attemptMinMs: 400,
  retriesMax: 1,
  backoffMs: 250,
  answerCharsMax: 8_000,
  mistakesMax: 3,
  spending: usualSpending,
  toolMs: 5_000,
  checkpointMs: 900,
  modelCallsMax: 6,
  restartsMax: 2,
};
