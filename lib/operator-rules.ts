import type { MemoryRules } from "@/lib/memory";
import type { PrivacyRules } from "@/lib/privacy";

/**
 * The place for an operator's own rules; every web process and worker puts them in force at start-up, in the place of
 * the usual ones. What is not named here stays as it is.
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
 * `retention.days({ kept, tier, set })` answers for how many days something is kept: `kept` is "conversations",
 * "guests", "facts" or "exports", `tier` the customer's, `set` what admins have set on their page. The words that customers agree to
 * say what it answers.
 *
 *     retention: {
 *       days: ({ kept, tier, set }) => (kept === "conversations" && tier === "premium" ? 730 : set),
 *     }
 */
export const operatorRules: Partial<MemoryRules & PrivacyRules> = {};
