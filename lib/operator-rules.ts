import type { MemoryRules } from "@/lib/memory";

/**
 * The place for an operator's own rules of the memory; every web process and worker puts them in force at start-up, in
 * the place of the usual ones. What is not named here stays as it is.
 *
 * `strategy.choose({ own, usual, metadata, coveredThrough })` answers from which view of its past a conversation is
 * answered, and is asked on every turn: `own` is what an admin chose for it or null, `usual` is MEMORY_STRATEGY,
 * `metadata` what was kept beside it, `coveredThrough` the message up to which it was folded, 0 for a short one.
 *
 *     strategy: {
 *       choose: ({ own, usual, metadata }) =>
 *         own ?? (metadata?.["channel"] === "phone" ? "buffer" : usual),
 *     }
 *
 * `retention.keep(tier)` answers for how many days after its last message a conversation is kept, and what its end is.
 *
 *     retention: { keep: (tier) => ({ days: tier === "premium" ? 730 : 60, end: "archive" }) }
 */
export const operatorRules: Partial<MemoryRules> = {};
