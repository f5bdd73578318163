import "./setup/need-node.mjs";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "./setup/chromium.mjs";
import { end } from "./setup/identity.mjs";
import { main } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { endAll } from "./setup/processes.mjs";
import { bold, step } from "./setup/say.mjs";
import { seed } from "./setup/seed.mjs";
import { stage, summarise } from "./setup/stage.mjs";
import { buildStage, chaos, fastStages, playwright } from "./setup/stages.mjs";
import { clear, prepareThrowAway } from "./setup/test-place.mjs";
import { serveWeb } from "./setup/web.mjs";

/** `npm test`, and with --fast `npm run check`: everything but the build and the journeys. */
const fast = process.argv.includes("--fast");
/** How long things go wrong in the last stage. */
const chaosMinutes = 5;
const test = place("test");

await main(async () => {
  console.log(`\n  ${bold("Recollect's tests")}\n`);
  const names = ["integration", "e2e"];
  const { bare, environments } = await prepareThrowAway(
    test,
    fast ? "npm run check" : "npm test",
    names,
  );
  const { integration, e2e } = environments;
  const results = [];
  for (const { name, run } of stages({ bare, integration, e2e })) {
    results.push(await stage(name, run));
  }
  await endAll();
  clear(test);
  return summarise(results);
});

function stages({ bare, integration, e2e }) {
  const quick = fastStages({
    place: test,
    bare,
    integration,
    urls: { drift: integration.DATABASE_URL },
  });
  return fast
    ? quick
    : [
        ...quick,
        buildStage(test, e2e),
        { name: "e2e", run: () => journeys(e2e) },
        { name: "chaos", run: () => chaos({ place: test, env: bare, minutes: chaosMinutes }) },
      ];
}

async function journeys(environment) {
  const browser = await step("Chromium", chromium);
  await step("Seed", () => seed(environment));
  const port = Number(environment.PORT);
  const web = await step("Web", () =>
    serveWeb({ place: test, environment, port, host: "127.0.0.1" }),
  );
  // What products print and models hear lies here until the last journey's end, when it is searched for personal data.
  const heard = path.join(test.data, "heard");
  fs.mkdirSync(heard, { recursive: true });
  const log = fs.createWriteStream(path.join(heard, "web.log"));
  web.child.stdout.pipe(log, { end: false });
  web.child.stderr.pipe(log, { end: false });
  const result = await playwright({
    place: test,
    env: { ...environment, ...browser, HEARD_DIR: heard },
    config: "playwright.config.ts",
    minutes: 18,
  });
  await end(web.entry);
  return result;
}
