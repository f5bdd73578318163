import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import {
  EXPORT_DAYS_MAX,
  RETENTION_DAYS_MAX,
  RETENTION_DAYS_MIN,
  type RetentionRules,
  type RetentionTier,
  retentionTiers,
} from "@/lib/setting/schema";

/** What a retention rule may go by: what is kept, whose tier it is ("guest" where tiers make no difference), and the days that admins have set (null: no end). */
export type RetentionCase = {
  kept: keyof RetentionRules;
  tier: RetentionTier;
  set: number | null;
};

/**
 * For how many days something is kept; null is without an end, which only facts may be. Pure: the words that customers
 * agree to say its numbers, and a change of them asks again.
 */
export type RetentionRule = { days: (about: RetentionCase) => number | null };

export type PrivacyRules = { retention: RetentionRule };

/** What admins have set. */
export const usualRetentionRule: RetentionRule = { days: ({ set }) => set };

function held(): PrivacyRules {
  return once("privacy.rules", () => ({ retention: usualRetentionRule }));
}

/** Puts an operator's rules in the place of the usual ones; what is not given stays. Called once at start-up. */
export function replacePrivacyRules(rules: Partial<PrivacyRules>): void {
  Object.assign(held(), rules);
}

/** The days that are really kept: what admins have set, as the operator's rule has it. */
export function daysInForce(rules: RetentionRules): RetentionRules {
  const byTier = <Value extends number | null>(
    kept: "conversations" | "facts",
    set: Record<RetentionTier, Value>,
  ) => {
    const entries = retentionTiers.map((tier) => [tier, ask({ kept, tier, set: set[tier] })]);
    return Object.fromEntries(entries) as Record<RetentionTier, Value>;
  };
  return {
    conversations: byTier("conversations", rules.conversations),
    guests: ask({ kept: "guests", tier: "guest", set: rules.guests }) ?? rules.guests,
    facts: byTier("facts", rules.facts),
    exports: ask({ kept: "exports", tier: "guest", set: rules.exports }) ?? rules.exports,
  };
}

/** A rule that throws, or answers no number of days that can be kept, is told, and what admins have set holds. */
function ask(about: RetentionCase): number | null {
  try {
    const days = held().retention.days(about);
    if (isDays(days, about.kept) || (days === null && about.kept === "facts")) {
      return days;
    }
    log.warn({ event: "retention_rule_failed", kept: about.kept, reason: "no_days" });
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    log.warn({ event: "retention_rule_failed", kept: about.kept, reason });
  }
  return about.set;
}

function isDays(days: unknown, kept: RetentionCase["kept"]): days is number {
  const [min, max] =
    kept === "exports" ? [1, EXPORT_DAYS_MAX] : [RETENTION_DAYS_MIN, RETENTION_DAYS_MAX];
  return typeof days === "number" && Number.isInteger(days) && days >= min && days <= max;
}
