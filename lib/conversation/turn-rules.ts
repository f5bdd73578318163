/** How long a claim holds without a sign of life, by the database's clock. */
export const LEASE_SECONDS = 10;
/** How often a turn is begun before it counts as failed. */
export const ATTEMPTS_MAX = 3;
/** How often newer messages restart a model call whose answer has not begun. */
export const JOINS_MAX = 2;
