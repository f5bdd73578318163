/** How long a turn may wait for what. Passed in, so that tests need not wait. */
export type Limits = {
  connectMs: number;
  firstTokenMs: number;
  betweenTokensMs: number;
  turnMs: number;
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
  toolMs: 5_000,
  checkpointMs: 900,
  modelCallsMax: 6,
  restartsMax: 2,
};
