import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCut, splitTurns, turnStarts } from "./prune";
import type { RecordedRole } from "./schema";
import { said } from "./testing";

const Roles = fc.array(
  fc.constantFrom<RecordedRole>("customer", "assistant", "staff", "tool", "boundary", "event"),
  { maxLength: 60 },
);

describe("turns", () => {
  test("start where the customer speaks after somebody else", () => {
    const roles: RecordedRole[] = [
      "customer",
      "tool",
      "assistant",
      "customer",
      "customer",
      "staff",
    ];
    expect(turnStarts(roles.map((role) => ({ role })))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test("an event between two messages of the customer does not part them", () => {
    const roles: RecordedRole[] = ["customer", "event", "customer", "assistant"];
    expect(splitTurns(roles.map((role, index) => said(index + 1, role, "x")))).toHaveLength(1);
  });

  test("hold every message once and in order, whoever spoke", () => {
    fc.assert(
      fc.property(Roles, (roles) => {
        const messages = roles.map((role, index) => said(index + 1, role, "x"));
        expect(splitTurns(messages).flat()).toEqual(messages);
      }),
    );
  });
});

describe("the cut", () => {
  const turn = (tokens: number) => [
    { tokens, startsTurn: true },
    { tokens, startsTurn: false },
  ];

  test("leaves a tail alone that is exactly at the limit", () => {
    expect(findCut([...turn(5), ...turn(5)], { tokensMax: 20, tokensLow: 20 })).toBe(0);
  });

  test("with Python's rule drops only what is over the limit, by whole turns", () => {
    const items = [...turn(5), ...turn(5), ...turn(5)];
    expect(findCut(items, { tokensMax: 20, tokensLow: 20 })).toBe(2);
  });

  test("goes down to the low-water mark once it is over the high one", () => {
    const items = [...turn(5), ...turn(5), ...turn(5)];
    expect(findCut(items, { tokensMax: 20, tokensLow: 10 })).toBe(4);
  });

  test("counts messages too", () => {
    const items = Array.from({ length: 11 }, () => turn(1)).flat();
    const marks = { tokensMax: 500, tokensLow: 250, messagesMax: 20, messagesLow: 10 };
    expect(findCut(items, marks)).toBe(12);
  });

  test("never takes the newest turn, however long it is", () => {
    expect(findCut([...turn(5), ...turn(5000)], { tokensMax: 20, tokensLow: 10 })).toBe(2);
    expect(findCut(turn(5000), { tokensMax: 20, tokensLow: 10 })).toBe(0);
  });

  test("is at a turn's start, within the mark or at the newest turn, and takes no more than it must", () => {
    const Items = fc.array(
      fc.record({ tokens: fc.integer({ min: 0, max: 50 }), startsTurn: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        Items,
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (items, tokensMax, low) => {
          const tokensLow = tokensMax * low;
          const cut = findCut(items, { tokensMax, tokensLow });
          const sum = (from: number) =>
            items.slice(from).reduce((all, { tokens }) => all + tokens, 0);
          const starts = items.flatMap(({ startsTurn }, index) => (startsTurn ? [index] : []));
          if (sum(0) <= tokensMax) {
            expect(cut).toBe(0);
            return;
          }
          const fitting = starts.find((start) => sum(start) <= tokensLow);
          expect(cut).toBe(fitting ?? starts.at(-1) ?? 0);
        },
      ),
    );
  });
});
