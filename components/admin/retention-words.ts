import type { HoldReason, ReleaseReason } from "@/lib/privacy/schema";
import { type RetentionRules, type RetentionTier, retentionTiers } from "@/lib/setting/schema";

export const tierNames: Record<RetentionTier, string> = {
  guest: "Guests",
  trial: "Trial",
  standard: "Standard",
  premium: "Premium",
};

export const keptNames: Record<keyof RetentionRules, string> = {
  conversations: "Conversations",
  guests: "Guests' records",
  facts: "Facts",
  exports: "Finished copies of data",
};

export const holdReasons: Record<HoldReason, string> = {
  legal_claim: "A legal claim",
  authority_request: "An authority asks for it",
  complaint: "A complaint is being looked into",
  fraud_check: "A suspicion of fraud is being looked into",
  warranty_case: "A warranty case is open",
};

export const releaseReasons: Record<ReleaseReason, string> = {
  settled: "It is settled",
  time_barred: "It is time-barred",
  set_by_mistake: "It was set by mistake",
};

export function daysText(days: number | null): string {
  return days === null ? "until forgotten" : `${days.toLocaleString("en")} days`;
}

export type RuleChange = { what: string; before: number | null; after: number | null };

/** Every value that a change of the rules changes. */
export function changesOf(before: RetentionRules, after: RetentionRules): RuleChange[] {
  const byTier = (kept: "conversations" | "facts") =>
    retentionTiers.map((tier) => ({
      what: `${keptNames[kept]}, ${tierNames[tier].toLowerCase()}`,
      before: before[kept][tier],
      after: after[kept][tier],
    }));
  const alike = (kept: "guests" | "exports") => ({
    what: keptNames[kept],
    before: before[kept],
    after: after[kept],
  });
  const rows = [...byTier("conversations"), alike("guests"), ...byTier("facts"), alike("exports")];
  return rows.filter((change) => change.before !== change.after);
}
