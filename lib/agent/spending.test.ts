import { expect, test } from "vitest";
import { findReached, isOver, type SpendingLimits } from "./spending";

const amount = (tokens: number, costMicros: number) => ({ tokens, costMicros });
const limits: SpendingLimits = {
  turn: amount(10, 10),
  conversation: amount(100, 1_000),
  customerDay: amount(200, 2_000),
  siteDay: amount(300, 3_000),
};
const none = amount(0, 0);
const spent = { conversation: none, customerDay: none, siteDay: none };

test("a limit is reached by tokens or by money, whichever comes first", () => {
  expect(isOver(amount(99, 999), limits.conversation)).toBe(false);
  expect(isOver(amount(100, 0), limits.conversation)).toBe(true);
  expect(isOver(amount(0, 1_000), limits.conversation)).toBe(true);
  expect(isOver(amount(99, 10 ** 12), { tokens: 100, costMicros: Number.POSITIVE_INFINITY })).toBe(
    false,
  );
});

test("the widest limit that is reached is the one that is told", () => {
  expect(findReached(spent, limits)).toBeNull();
  expect(findReached({ ...spent, conversation: amount(100, 0) }, limits)).toBe(
    "conversation_budget",
  );
  const customer = { ...spent, conversation: amount(100, 0), customerDay: amount(0, 2_000) };
  expect(findReached(customer, limits)).toBe("customer_budget");
  expect(findReached({ ...customer, siteDay: amount(300, 0) }, limits)).toBe("site_budget");
});
