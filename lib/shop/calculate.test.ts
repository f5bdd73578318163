import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "./calculate";

test.each([
  ["12.34 + 5.66", "18.0"],
  ["100.10 - 0.20 - 99.90", "0.0"],
  ["(3 * 19.99) / 2", "29.98"],
  ["-4 * -2.5", "10.0"],
  ["0.1 + 0.2", "0.3"],
  ["1 / 3", "0.33"],
  ["2.675 * 1", "2.68"],
  ["0.125", "0.12"],
  ["10 - 12.5", "-2.5"],
  [".5 + 1.", "1.5"],
  ["7 / -2", "-3.5"],
])("%s is %s", (expression, answer) => {
  expect(calculate(expression)).toBe(answer);
});

test.each([
  ["2 + apples", "Error: invalid characters in expression"],
  ["process.exit(1)", "Error: invalid characters in expression"],
  ["1 / 0", "Error: division by zero"],
  ["1 / (2 - 2)", "Error: division by zero"],
  ["", "Error: invalid syntax"],
  ["(1 + 2", "Error: invalid syntax"],
  ["1 2", "Error: invalid syntax"],
  ["2 ** 99999999", "Error: invalid syntax"],
  [".", "Error: invalid syntax"],
  [`1${" + 1".repeat(200)}`, "Error: the expression is too long"],
])("%s is a sentence and no number", (expression, answer) => {
  expect(calculate(expression)).toBe(answer);
});

test("any sum of amounts is exact to the cent", () => {
  const cents = fc.integer({ min: -99_999_99, max: 99_999_99 });
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 20 }), (amounts) => {
      const expression = amounts.map((each) => `(${(each / 100).toFixed(2)})`).join(" + ");
      const sum = amounts.reduce((all, each) => all + each, 0);
      expect(Math.round(Number(calculate(expression)) * 100)).toBe(sum);
    }),
  );
});

test("anything that somebody writes is answered", () => {
  const written = fc.string({ unit: fc.constantFrom(..."0123456789+-*/(). "), maxLength: 60 });
  fc.assert(
    fc.property(written, (expression) => {
      expect(calculate(expression)).toMatch(/^(-?\d+\.\d{1,2}|Error: .+)$/);
    }),
  );
});
