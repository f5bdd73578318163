import path from "node:path";
import { expect, test } from "vitest";
import { whatBroke, whatFailed, whatFailedInBrowser } from "./failures.mjs";
import { root } from "./place.mjs";

const name = path.join(root, "lib/a.test.ts");

test("a test that failed is named with its file and the beginning of its error", () => {
  const failed = { status: "failed", fullName: "adds up", failureMessages: ["3 is not 4\n  at a"] };
  const passed = { status: "passed", fullName: "counts", failureMessages: [] };
  const report = [{ name, status: "failed", message: "", assertionResults: [passed, failed] }];
  expect(whatFailed(report)).toEqual(["lib/a.test.ts › adds up\n3 is not 4\n  at a"]);
});

test("a file that could not be loaded is named with the reason", () => {
  const report = [{ name, status: "failed", message: "No such module", assertionResults: [] }];
  expect(whatFailed(report)).toEqual(["lib/a.test.ts\nNo such module"]);
});

test("of a long error only the beginning is said, and no colours", () => {
  const long = `\u001b[31mred\u001b[39m\n${"line\n".repeat(500)}`;
  const failed = { status: "failed", fullName: "ends", failureMessages: [long] };
  const [said] = whatFailed([{ name, status: "failed", message: "", assertionResults: [failed] }]);
  expect(said?.split("\n").length).toBeLessThan(20);
  expect(said).toContain("› ends\nred\n");
});

test("a journey that failed, or passed only the second time, is named wherever it is nested", () => {
  const spec = (title: string, status: string, message: string) => ({
    file: "chat.spec.ts",
    title,
    tests: [{ status, results: [{ errors: [{ message }] }, { errors: [] }] }],
  });
  const inner = { specs: [spec("b", "flaky", "slow"), spec("c", "expected", "")], suites: [] };
  const suites = [{ specs: [spec("a", "unexpected", "broken")], suites: [inner] }];
  expect(whatFailedInBrowser({ suites, errors: [{ message: "no browser" }] })).toEqual([
    "no browser",
    "chat.spec.ts › a\nbroken",
    "chat.spec.ts › b\nslow",
  ]);
});

test("a guarantee that chaos saw broken is named with what broke it", () => {
  const verdicts = [
    { guarantee: "nothing is lost", violations: ["m1", "m2"] },
    { guarantee: "nothing is doubled", violations: [] },
  ];
  expect(whatBroke(verdicts)).toEqual(["nothing is lost\nm1\nm2"]);
});
