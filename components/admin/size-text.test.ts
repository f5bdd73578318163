import { expect, test } from "vitest";
import { sizeText } from "./size-text";

test("a file's size is said in the unit that fits", () => {
  expect(sizeText(999)).toBe("999 bytes");
  expect(sizeText(23_400)).toBe("23.4 kB");
  expect(sizeText(5_250_000)).toBe("5.3 MB");
});
