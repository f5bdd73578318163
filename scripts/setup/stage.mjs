import fs from "node:fs";
import path from "node:path";
import { whatBroke, whatFailed, whatFailedInBrowser } from "./failures.mjs";
import { end } from "./identity.mjs";
import { root } from "./place.mjs";
import { launch } from "./processes.mjs";
import { bold, green, red, seconds } from "./say.mjs";

/**
 * Runs one stage of the tests and returns `{name, passed, failed, skipped, ms}`. A stage that throws, is killed or
 * says nothing is one failure: a runner that did not run has proved nothing.
 */
export async function stage(name, work) {
  console.log(`\n${bold(`── ${name}`)}`);
  const began = performance.now();
  let result;
  try {
    result = await work();
  } catch (error) {
    console.error(error.message);
    result = { passed: 0, failed: 1, failures: [error.message] };
  }
  return { skipped: 0, failures: [], ...result, name, ms: performance.now() - began };
}

/** Runs a program with its output on the terminal. Resolves to its exit code; over its time it is stopped. */
async function runFor(minutes, command, words, env) {
  const { ended, entry } = launch(path.basename(words[0] ?? command), command, words, {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    // A runner that starts servers of its own must have the time to end them.
    graceMs: 25_000,
  });
  const timer = setTimeout(() => {
    console.error(`Stopped: it took longer than ${minutes} minutes.`);
    end(entry).catch(console.error);
  }, minutes * 60_000);
  const { code, killedBy, error } = await ended;
  clearTimeout(timer);
  if (error) {
    throw error;
  }
  return killedBy ? 1 : code;
}

/** A check that passes or fails as a whole. */
export async function runCheck({ command, words, env, minutes = 4 }) {
  return countCheck((await runFor(minutes, command, words, env)) === 0);
}

export const countCheck = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1 });

/** A runner that writes a JSON report, which `count` reads. A red exit without a failure in it counts as one. */
export async function runReported({ command, words, env, minutes, report, count }) {
  fs.rmSync(report, { force: true });
  const code = await runFor(minutes, command, words, env);
  if (!fs.existsSync(report)) {
    throw new Error("The runner left no report.");
  }
  const counts = count(JSON.parse(fs.readFileSync(report, "utf8")));
  const silent = code !== 0 && counts.failed === 0;
  const empty = counts.passed + counts.failed === 0;
  return { ...counts, failed: counts.failed + (silent || empty ? 1 : 0) };
}

/** Vitest: a file that could not even be loaded holds no tests and is one failure. */
export function countVitest({ testResults, numPassedTests, numFailedTests, numPendingTests }) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    skipped: numPendingTests,
    failures: whatFailed(testResults),
  };
}

/** Playwright: a test that passes only sometimes has not passed. */
export function countPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: whatFailedInBrowser({ suites, errors }),
  };
}

/** Chaos: each guarantee that it judged is a test. */
export function countChaos({ verdicts }) {
  const broken = verdicts.filter(({ violations }) => violations.length > 0).length;
  return { passed: verdicts.length - broken, failed: broken, failures: whatBroke(verdicts) };
}

/**
 * Shows what failed, every stage, and last the line that says it all. Returns the exit code. What failed is said again
 * here because many a log is read from its end, and some are kept by their end only.
 */
export function summarise(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  for (const { name, failures } of results) {
    for (const failure of failures) {
      console.log(`\n  ${red("✗")} ${bold(name)}  ${failure.replaceAll("\n", "\n    ")}`);
    }
  }
  console.log("");
  for (const { name, passed, failed, skipped, ms } of results) {
    const words = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    const extra = skipped > 0 ? `  ${skipped} skipped` : "";
    console.log(
      `  ${failed > 0 ? red("✗") : green("✓")} ${name.padEnd(14)}${words} ${seconds(ms).padStart(9)}${extra}`,
    );
  }
  console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
  return total("failed") > 0 ? 1 : 0;
}
