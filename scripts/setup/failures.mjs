import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./place.mjs";

/** As much of an error as tells what was expected and where; a whole page of a screen's tree helps nobody. */
const maxLines = 14;
const maxCharacters = 1600;

function brief(message) {
  const lines = stripVTControlCharacters(message ?? "")
    .trim()
    .split("\n");
  return lines.slice(0, maxLines).join("\n").slice(0, maxCharacters);
}

const fromRoot = (file) => path.relative(root, file);

/** Of Vitest's report: `file › test`, and below it the error's first lines; a file that could not be loaded too. */
export function whatFailed(testResults) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === "failed");
    return status === "failed" && failed.length === 0
      ? [`${fromRoot(name)}\n${brief(message)}`]
      : failed.map(
          ({ fullName, failureMessages }) =>
            `${fromRoot(name)} › ${fullName}\n${brief(failureMessages[0])}`,
        );
  });
}

/** Of Playwright's report: the same, also for a journey that passed only the second time. */
export function whatFailedInBrowser({ suites, errors }) {
  return [
    ...errors.map(({ message }) => brief(message)),
    ...suites.flatMap(specsOf).flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === "unexpected" || status === "flaky")
        .map(({ results }) => {
          const error = results.flatMap((result) => result.errors).at(0);
          return `${file} › ${title}\n${brief(error?.message)}`;
        }),
    ),
  ];
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/** Of the soak's report: each broken guarantee with the first things that broke it. */
export function whatBroke(verdicts) {
  return verdicts
    .filter(({ violations }) => violations.length > 0)
    .map(({ guarantee, violations }) => `${guarantee}\n${violations.slice(0, 5).join("\n")}`);
}
