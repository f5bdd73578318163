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
 */
export const operatorRules: Partial<MemoryRules> = {};
