import { z } from "zod";
import { usualRetention } from "./schema-retention";

/** Stands in the words where the days of the rules are put in. */
const DAYS = "{days}";

/** The words as an admin writes them, and who is responsible and how they are reached. */
export const ConsentDraft = z.object({
  title: z.string().trim().min(1, "Please write a title.").max(100),
  points: z
    .array(z.string().trim().min(1).max(600, "At most 600 characters in one point."))
    .min(1, "Please write what customers agree to, one point in each line.")
    .max(12, "At most 12 points: nobody reads more.")
    .refine(
      (points) => points.join("\n").split(DAYS).length === 2,
      "Write {days} once, where the days of the retention rules are to stand.",
    ),
  controller: z.string().trim().max(200),
  contact: z.string().trim().max(200),
});
export type ConsentDraft = z.output<typeof ConsentDraft>;

const Days = z.number().int().positive();

/** The words in force. Whoever agreed to a version before `askedSince` is asked again. */
export const ConsentSetting = ConsentDraft.extend({
  version: z.number().int().positive(),
  askedSince: z.number().int().positive(),
  days: z.object({ guest: Days, trial: Days, standard: Days, premium: Days }),
});
export type ConsentSetting = z.output<typeof ConsentSetting>;

export const usualConsent: ConsentSetting = {
  version: 3,
  askedSince: 3,
  title: "Before you write",
  points: [
    "An AI answers you here. It can be wrong. You can ask for a person at any time.",
    "We keep this conversation, encrypted under a key of your own, so that you need not repeat yourself. {days}",
    "Names, postal addresses, e-mail addresses, phone, bank and card numbers that we recognise are taken out before the AI reads your message. Card numbers are not kept at all.",
    "You can see, correct and forget what is remembered, download your data, or have it erased.",
  ],
  controller: "",
  contact: "",
  days: usualRetention.conversations,
};
