import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findFoldCut } from "./fold-marks";
import { chatted, said } from "./for-tests";
import { findCut, splitTurns, turnStarts, weighAll } from "./prune";
import type { RecordedRole } from "./schema";

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

  test("with Python's rule drops only what is over the limit, by whole turns", () => {
    expect(findCut([...turn(5), ...turn(5)], { tokens: 20 })).toBe(0);
    expect(findCut([...turn(5), ...turn(5), ...turn(5)], { tokens: 20 })).toBe(2);
  });

  test("counts messages too", () => {
    const items = Array.from({ length: 11 }, () => turn(1)).flat();
    expect(findCut(items, { tokens: 250, messages: 10 })).toBe(12);
  });

  test("never takes the newest turn, however long it is", () => {
    expect(findCut([...turn(5), ...turn(5000)], { tokens: 10 })).toBe(2);
    expect(findCut(turn(5000), { tokens: 10 })).toBe(0);
  });

  test("is at a turn's start, within the mark or at the newest turn, and takes no more than it must", () => {
    const Items = fc.array(
      fc.record({ tokens: fc.integer({ min: 0, max: 50 }), startsTurn: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(Items, fc.integer({ min: 1, max: 300 }), (items, tokens) => {
        const sum = (from: number) => items.slice(from).reduce((all, item) => all + item.tokens, 0);
        const starts = items.flatMap(({ startsTurn }, index) =>
          startsTurn || index === 0 ? [index] : [],
        );
        const fitting = starts.find((start) => sum(start) <= tokens);
        expect(findCut(items, { tokens })).toBe(fitting ?? starts.at(-1) ?? 0);
      }),
    );
  });
});

describe("a recorded tail", () => {
  test("is left alone up to 500 tokens and 20 messages, then cut to half of both", () => {
    expect(findFoldCut(chatted(10, 1, 0))).toBe(0);
    const many = chatted(11, 1, 0);
    expect(many.length - findFoldCut(many)).toBe(10);
    const long = chatted(8, 1, 48);
    const kept = long.slice(findFoldCut(long));
    expect(weighAll(long)).toBeGreaterThan(500);
    expect(weighAll(kept)).toBeLessThanOrEqual(250);
    expect(weighAll(kept)).toBeGreaterThan(100);
  });
});
