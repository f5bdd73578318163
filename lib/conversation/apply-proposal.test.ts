import { expect, test } from "vitest";
import { applyEvent, emptyChat, type ProposalState, type ProposalView } from "./schema";

const proposal = (id: string, state: ProposalState): ProposalView => ({
  id,
  turnId: "t",
  state,
  why: null,
  card: { title: id, facts: [], consequence: "", confirm: "" },
  result: null,
  expiresAt: "2026-01-01T00:30:00.000Z",
});
const told = (...proposals: ProposalView[]) =>
  proposals.reduce(
    (state, each) => applyEvent(state, { type: "proposal", proposal: each }),
    emptyChat,
  );

test("what became of a proposal takes the place of what was known of it, and the others keep theirs", () => {
  const { proposals } = told(
    proposal("a", "proposed"),
    proposal("b", "proposed"),
    proposal("a", "done"),
  );
  expect(proposals.map(({ id, state }) => [id, state])).toEqual([
    ["a", "done"],
    ["b", "proposed"],
  ]);
});

test("being told twice changes nothing", () => {
  const once = told(proposal("a", "confirmed"));
  expect(applyEvent(once, { type: "proposal", proposal: proposal("a", "confirmed") })).toEqual(
    once,
  );
});
