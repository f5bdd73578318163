import { expect, test } from "vitest";
import type { MessageView, ProposalView } from "@/lib/conversation/schema";
import { placeProposals } from "./place-proposals";

const message = (seq: number, role: MessageView["role"], turnId?: string): MessageView => ({
  id: `m${seq}`,
  seq,
  role,
  state: "final",
  text: "",
  createdAt: "2026-01-01T00:00:00.000Z",
  ...(turnId && { turnId }),
});
const proposal = (id: string, turnId: string, state: ProposalView["state"]): ProposalView => ({
  id,
  turnId,
  state,
  why: null,
  card: { title: id, facts: [], consequence: "", confirm: "" },
  result: null,
  expiresAt: "2026-01-01T00:30:00.000Z",
});
const ids = (proposals: ProposalView[]) => proposals.map(({ id }) => id);

test("a proposal stands after the answer that introduced it, and not after the question of that turn", () => {
  const [question, answer, last] = [
    message(1, "customer", "t1"),
    message(2, "assistant", "t1"),
    message(3, "customer"),
  ];
  const placed = placeProposals([proposal("p", "t1", "done")], [question, answer, last]);
  expect([question, answer, last].map((each) => ids(placed.after(each)))).toEqual([[], ["p"], []]);
});

test("an open proposal whose answer is not on the screen stands at the end; one that is over does not", () => {
  const last = message(9, "customer");
  const given = [proposal("open", "t1", "proposed"), proposal("over", "t2", "expired")];
  expect(ids(placeProposals(given, [message(8, "customer"), last]).after(last))).toEqual(["open"]);
});

test("the mark changes when a state does, and only then", () => {
  const mark = (state: ProposalView["state"]) =>
    placeProposals([proposal("p", "t", state)], []).mark;
  expect(mark("proposed")).toBe(mark("proposed"));
  expect(mark("proposed")).not.toBe(mark("confirmed"));
});
