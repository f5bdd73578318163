import { z } from "zod";

/** A message reopens a conversation for seven days, and until then it is not over. */
export const RETENTION_DAYS_MIN = 8;
export const RETENTION_DAYS_MAX = 3_650;

/** By whom something is kept so long; who has no other tier is a guest. */
export const retentionTiers = ["guest", "trial", "standard", "premium"] as const;
export type RetentionTier = (typeof retentionTiers)[number];

const Days = z.coerce
  .number("Please write a whole number of days.")
  .int("Please write a whole number of days.")
  .min(RETENTION_DAYS_MIN, `At least ${RETENTION_DAYS_MIN} days: until then it can be reopened.`)
  .max(RETENTION_DAYS_MAX, `At most ${RETENTION_DAYS_MAX} days.`);

/** A copy that nobody has fetched for a month is asked for again. */
export const EXPORT_DAYS_MAX = 30;
const ExportDays = z.coerce
  .number("Please write a whole number of days.")
  .int("Please write a whole number of days.")
  .min(1, "At least one day.")
  .max(EXPORT_DAYS_MAX, `At most ${EXPORT_DAYS_MAX} days.`);

/**
 * For how many days what is kept, by the customer's tier. `conversations`: with all that was derived from them, counted
 * from the last message. `guests`: the record of a guest who has no conversation left, counted from when they last
 * wrote or agreed. `facts`: what is remembered across conversations, counted from when it was said; null is until
 * forgotten or erased. `exports`: finished copies of somebody's data, of every tier alike.
 */
export const RetentionRules = z.object({
  conversations: z.object({ guest: Days, trial: Days, standard: Days, premium: Days }),
  guests: Days,
  facts: z.object({
    guest: Days.nullable(),
    trial: Days.nullable(),
    standard: Days.nullable(),
    premium: Days.nullable(),
  }),
  exports: ExportDays,
});
export type RetentionRules = z.output<typeof RetentionRules>;

export const usualRetention: RetentionRules = {
  conversations: { guest: 30, trial: 30, standard: 90, premium: 365 },
  guests: 30,
  facts: { guest: null, trial: null, standard: null, premium: null },
  exports: 7,
};

/** The rules as admins set them, and the change that waits for its day. */
export const RetentionSetting = z.object({
  rules: RetentionRules,
  pending: z.object({ rules: RetentionRules, from: z.iso.datetime(), by: z.string() }).nullable(),
});

const orNoEnd = z.preprocess((given) => (given === "" ? null : given), Days.nullable());

/** The same as the fields of a form; facts without days have no end. */
export const RetentionFields = z.object({
  conversations_guest: Days,
  conversations_trial: Days,
  conversations_standard: Days,
  conversations_premium: Days,
  guests: Days,
  facts_guest: orNoEnd,
  facts_trial: orNoEnd,
  facts_standard: orNoEnd,
  facts_premium: orNoEnd,
  exports: ExportDays,
});

export function rulesOfFields(fields: z.output<typeof RetentionFields>): RetentionRules {
  return {
    conversations: {
      guest: fields.conversations_guest,
      trial: fields.conversations_trial,
      standard: fields.conversations_standard,
      premium: fields.conversations_premium,
    },
    guests: fields.guests,
    facts: {
      guest: fields.facts_guest,
      trial: fields.facts_trial,
      standard: fields.facts_standard,
      premium: fields.facts_premium,
    },
    exports: fields.exports,
  };
}
