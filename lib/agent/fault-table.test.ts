import { expect, test } from "vitest";
import { faultCodes, sayToCustomer, sayToStaff } from "./fault-table";

test("every failure has a sentence of its own, for customers and for staff", () => {
  expect(new Set(faultCodes.map(sayToCustomer)).size).toBe(faultCodes.length);
  expect(new Set(faultCodes.map(sayToStaff)).size).toBe(faultCodes.length);
});

test.each(faultCodes)(
  "what a customer reads of %s tells nothing of our insides and blames nobody",
  (code) => {
    const said = sayToCustomer(code);
    expect(said).toMatch(/^[A-Z].*\.$/);
    expect(said).not.toMatch(
      /\b(?:model|key|token|endpoint|provider|server|API|timeout|error|\d+)\b/i,
    );
    expect(said).not.toMatch(/\byour? (?:fault|question was)\b/i);
  },
);
