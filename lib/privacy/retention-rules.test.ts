import { afterEach, describe, expect, test } from "vitest";
import { usualRetentionRule } from "@/lib/privacy";
import { RetentionRules, usualRetention } from "@/lib/setting/schema";
import { daysInForce, type RetentionCase, replacePrivacyRules } from "./retention-rules";

afterEach(() => replacePrivacyRules({ retention: usualRetentionRule }));

describe("how long something is kept", () => {
  test("is 30 days for guests and trials, 90 for standard and 365 for premium customers, until admins say otherwise", () => {
    expect(daysInForce(usualRetention)).toEqual({
      conversations: { guest: 30, trial: 30, standard: 90, premium: 365 },
      guests: 30,
      facts: { guest: null, trial: null, standard: null, premium: null },
      exports: 7,
    });
  });

  test("is what an operator's rule says, which is told what is kept, the tier and what admins have set", () => {
    const asked: RetentionCase[] = [];
    replacePrivacyRules({
      retention: {
        days: (about) => {
          asked.push(about);
          return about.kept === "conversations" && about.tier === "premium" ? 730 : about.set;
        },
      },
    });
    const days = daysInForce(usualRetention);
    expect(days.conversations).toEqual({ guest: 30, trial: 30, standard: 90, premium: 730 });
    expect(days.guests).toBe(30);
    expect(asked).toHaveLength(10);
    expect(asked).toContainEqual({ kept: "conversations", tier: "standard", set: 90 });
    expect(asked).toContainEqual({ kept: "facts", tier: "trial", set: null });
  });

  test("is what admins have set where an operator's rule throws or answers no days", () => {
    for (const answer of [0, -7, 1.5, 4_000, Number.NaN, null]) {
      replacePrivacyRules({ retention: { days: () => answer } });
      const days = daysInForce(usualRetention);
      expect(days.conversations).toEqual(usualRetention.conversations);
      expect(days.guests).toBe(30);
      expect(days.exports).toBe(7);
    }
    replacePrivacyRules({
      retention: {
        days: () => {
          throw new Error("a mistake");
        },
      },
    });
    expect(daysInForce(usualRetention)).toEqual(usualRetention);
  });

  test("is never less than the week in which a message reopens a conversation, and never a part of a day", () => {
    const set = (guest: unknown) => ({
      ...usualRetention,
      conversations: { ...usualRetention.conversations, guest },
    });
    expect(RetentionRules.safeParse(set("8")).success).toBe(true);
    for (const days of ["7", "0", "-30", "8.5", "", "soon", "3651", null]) {
      expect(RetentionRules.safeParse(set(days)).success, String(days)).toBe(false);
    }
  });
});
