/** How our memories differ from LangChain's, each on purpose; the door of lib/memory says why. */
export const DIFFERENCES = [
  "newest-turn-stays",
  "whole-turns",
  "nothing-for-k-0",
  "both-sides-or-neither",
  "limits-above-0",
  "summary-loses-nothing",
  "every-history-is-pruned",
  "lines-cannot-be-forged",
  "edges-by-predicate",
  "names-without-case",
] as const;
export type Difference = (typeof DIFFERENCES)[number];
export type Differences = ReadonlySet<Difference>;
