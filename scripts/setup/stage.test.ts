import { expect, test } from "vitest";
import { countChaos, countPlaywright, countVitest, stage } from "./stage.mjs";

test("a test file that could not be loaded counts as a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [
      { name: "a.test.ts", status: "failed", message: "No such module", assertionResults: [] },
      { name: "b.test.ts", status: "passed", message: "", assertionResults: [{}, {}, {}] },
    ],
  };
  expect(countVitest(report)).toMatchObject({ passed: 3, failed: 1, skipped: 0 });
});

test("a journey that passes only sometimes has not passed", () => {
  const stats = { expected: 10, unexpected: 1, flaky: 1, skipped: 0 };
  expect(countPlaywright({ stats, errors: [], suites: [] })).toMatchObject({
    passed: 10,
    failed: 2,
  });
});

test("a guarantee that chaos saw broken is one failure, however often it was", () => {
  const verdicts = [[], ["one", "two"], []].map((violations) => ({
    guarantee: "whole",
    violations,
  }));
  expect(countChaos({ verdicts })).toMatchObject({ passed: 2, failed: 1 });
});

test("a runner that did not run counts as a failure", async () => {
  const result = await stage("unit", () => Promise.reject(new Error("The runner left no report.")));
  expect(result).toMatchObject({ passed: 0, failed: 1 });
});
