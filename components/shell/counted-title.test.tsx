import { expect, test } from "vitest";
import { countedTitle } from "./counted-title";

test("the tab's title tells how many wait, and is not counted twice", () => {
  expect(countedTitle("Inbox · Recollect", 3)).toBe("(3) Inbox · Recollect");
  expect(countedTitle("(3) Inbox · Recollect", 4)).toBe("(4) Inbox · Recollect");
  expect(countedTitle("(4) Inbox · Recollect", 0)).toBe("Inbox · Recollect");
});
