import { expect, test } from "vitest";
import { HandOffReason } from "@/lib/conversation/schema";
import { handOffText } from "./hand-off-words";

test("every reason of a hand-off is told to leads in words", () => {
  for (const handOffReason of HandOffReason.options) {
    expect(handOffText({ owner: "NONE", handOffReason, handOffWhy: null })).toMatch(/^[A-Z].{10,}/);
  }
});

test("what the customer said about it stands behind the reason", () => {
  const row = { owner: "NONE", handOffReason: "customer_asked", handOffWhy: "complaint" } as const;
  expect(handOffText(row)).toBe("The customer asked for a person: a complaint");
});

test("while the AI answers, no old reason is told", () => {
  const row = { owner: "AI", handOffReason: "customer_asked", handOffWhy: null } as const;
  expect(handOffText(row)).toBeNull();
});
