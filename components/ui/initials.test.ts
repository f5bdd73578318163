import { expect, test } from "vitest";
import { initials } from "./initials";

test("takes the first sign of the first and the last name", () => {
  expect(initials("Sarah van der Berg")).toBe("SB");
  expect(initials("madonna")).toBe("M");
});

test("keeps signs of several code points whole", () => {
  expect(initials("👩‍👩‍👧 family")).toBe("👩‍👩‍👧F");
  expect(initials("e\u0301lise")).toBe("E\u0301");
});

test("has an answer for nobody", () => {
  expect(initials("  ")).toBe("?");
});
