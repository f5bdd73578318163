import { expect, test } from "vitest";
import { ProposalView } from "@/lib/conversation/schema";
import { standingOf } from "./proposal-words";

const proposal = (change: Partial<ProposalView>): ProposalView => ({
  id: "p",
  turnId: "t",
  state: "proposed",
  why: null,
  card: { title: "", facts: [], consequence: "", confirm: "" },
  result: null,
  expiresAt: "2026-01-01T00:30:00.000Z",
  ...change,
});

test("every state but the open one has its words, and only one that was done claims it", () => {
  for (const state of ProposalView.shape.state.options) {
    const standing = standingOf(proposal({ state }));
    expect(standing === null).toBe(state === "proposed");
    expect(/^Done/.test(standing?.text ?? "")).toBe(state === "done");
  }
});

test("whatever closed it without an effect, it is said that nothing was done", () => {
  for (const why of ["customer", "taken_over", "solved", "replaced"] as const) {
    expect(standingOf(proposal({ state: "declined", why }))?.text).toContain("Nothing was done");
  }
  expect(standingOf(proposal({ state: "expired" }))?.text).toContain("Nothing was done");
});

test("what the shop answered is shown in its own words", () => {
  const result = "Order 1 was cancelled.";
  expect(standingOf(proposal({ state: "done", result }))?.text).toBe(result);
  expect(standingOf(proposal({ state: "failed", why: "uncertain", result }))?.text).toBe(result);
});
