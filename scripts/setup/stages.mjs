import path from "node:path";
import { build } from "./build.mjs";
import { schemaEngine } from "./migrate.mjs";
import { node24 } from "./node24.mjs";
import {
  countChaos,
  countCheck,
  countPlaywright,
  countVitest,
  runCheck,
  runReported,
} from "./stage.mjs";

const next = "node_modules/next/dist/bin/next";

/** The stages that need no browser, in order: `{name, run}`. */
export function fastStages({ place, bare, integration, urls }) {
  // A unit test needs no server, but one that signs must not put its key beside the demo's.
  const unit = { ...bare, DATA_DIR: path.join(place.files, "unit") };
  return [
    { name: "types", run: () => types({ ...bare, ...integration, NEXT_DIST_DIR: place.dist }) },
    { name: "lint", run: () => check(bare, "node_modules/@biomejs/biome/bin/biome", "check", ".") },
    {
      name: "unused code",
      run: () => check(bare, "node_modules/knip/bin/knip.js", "--no-progress"),
    },
    { name: "unit", run: () => vitest("unit", place, unit, 5) },
    { name: "integration", run: () => vitest("integration", place, integration, 8) },
    { name: "schema drift", run: () => drift(urls.drift) },
  ];
}

const check = (env, ...words) => runCheck({ command: node24(), words, env });

/** Next writes the types of the routes first: a fresh clone has none. */
async function types(env) {
  const generated = await check(env, next, "typegen");
  return generated.failed > 0
    ? generated
    : await check(env, "node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false");
}

function vitest(project, place, env, minutes) {
  const report = path.join(place.data, `${project}.json`);
  return runReported({
    command: node24(),
    words: [
      "node_modules/vitest/vitest.mjs",
      "run",
      ...["--project", project, "--reporter=default", "--reporter=json"],
      `--outputFile.json=${report}`,
    ],
    // What goes wrong on purpose would bury what goes wrong.
    env: { ...env, NODE_ENV: "test", LOG_LEVEL: "silent" },
    minutes,
    report,
    count: countVitest,
  });
}

async function drift(url) {
  const said = (await schemaEngine(url, "drift")).trim();
  console.log(said || "The migrations lead exactly to prisma/schema.prisma.");
  return countCheck(said === "");
}

/** The whole product as it is served, from the sources of this moment. */
export const buildStage = (place, environment) => ({
  name: "build",
  run: async () => {
    await build(place, environment);
    return countCheck(true);
  },
});

/** People's journeys in Chromium, against a product that already answers under BASE_URL. */
export function playwright({ place, env, config, minutes }) {
  const report = path.join(place.data, "playwright.json");
  return runReported({
    command: node24(),
    words: ["node_modules/@playwright/test/cli.js", "test", "--config", config],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    minutes,
    report,
    count: countPlaywright,
  });
}

/**
 * The product that was just built, with servers of its own, while they are killed, frozen and stopped. Always the same
 * faults, so that what a change breaks is told apart from luck; other seeds are for `npm run soak`.
 */
export function chaos({ place, env, minutes }) {
  const report = path.join(place.data, "chaos.json");
  return runReported({
    command: node24(),
    words: [
      ...["scripts/soak.mjs", "chaos", "--built", "--seed", "3"],
      ...["--minutes", String(minutes), "--report", report],
    ],
    env,
    minutes: minutes + 7,
    report,
    count: countChaos,
  });
}
