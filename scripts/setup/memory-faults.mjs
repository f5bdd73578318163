import path from "node:path";
import { node24 } from "./node24.mjs";
import { place } from "./place.mjs";
import { endAll } from "./processes.mjs";
import { bold } from "./say.mjs";
import { countVitest, runReported, stage, summarise } from "./stage.mjs";
import { clear, prepareThrowAway } from "./test-place.mjs";

/** The tests of faults in memory and erasure that may be played any number of times (scripts/setup/fault-runs.ts). */
const files = {
  unit: ["lib/memory/race.test.ts"],
  integration: [
    "lib/memory-race.it.test.ts",
    "lib/memory-death.it.test.ts",
    "lib/memory/redis-faults.it.test.ts",
    "lib/memory/damaged-copy.it.test.ts",
    "lib/erase-death.it.test.ts",
  ],
};
const MINUTES_EACH_TIME = 10;

/** `npm run soak -- faults`: so many times what `npm test` plays of them, on servers of its own. Returns the exit code. */
export async function memoryFaults(times) {
  const home = place("faults");
  console.log(`\n  ${bold("What memory and erasure must survive")}\n`);
  const { bare, environments } = await prepareThrowAway(home, "npm run soak -- faults", [
    "integration",
  ]);
  const given = {
    unit: { ...bare, DATA_DIR: path.join(home.files, "unit") },
    integration: environments.integration,
  };
  const results = [];
  for (const project of ["unit", "integration"]) {
    const report = path.join(home.data, `${project}.json`);
    const env = { ...given[project], FAULT_TIMES: String(times) };
    results.push(await stage(project, () => play({ project, report, env, times })));
  }
  await endAll();
  clear(home);
  return summarise(results);
}

function play({ project, report, env, times }) {
  return runReported({
    command: node24(),
    words: [
      ...["node_modules/vitest/vitest.mjs", "run", "--project", project, ...files[project]],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
    env: { ...env, NODE_ENV: "test", LOG_LEVEL: "silent" },
    minutes: MINUTES_EACH_TIME * Math.max(1, times),
    report,
    count: countVitest,
  });
}
