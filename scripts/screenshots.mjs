import "./setup/need-node.mjs";
import { build } from "./setup/build.mjs";
import { chromium } from "./setup/chromium.mjs";
import { main } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { endAll } from "./setup/processes.mjs";
import { bold, step } from "./setup/say.mjs";
import { seed } from "./setup/seed.mjs";
import { stage, summarise } from "./setup/stage.mjs";
import { playwright } from "./setup/stages.mjs";
import { clear, prepareThrowAway } from "./setup/test-place.mjs";
import { serveWeb } from "./setup/web.mjs";

/** `npm run screenshots`: a freshly seeded product of its own, and Playwright walks it for the README's pictures. */
const pictures = place("screenshots");

await main(async () => {
  console.log(`\n  ${bold("Pictures for the README")}\n`);
  const { environments } = await prepareThrowAway(pictures, "npm run screenshots", ["screenshots"]);
  const environment = environments.screenshots;
  await step("Build", () => build(pictures, environment));
  await step("Seed", () => seed(environment));
  const browser = await step("Chromium", chromium);
  const port = Number(environment.PORT);
  await step("Web", () => serveWeb({ place: pictures, environment, port, host: "127.0.0.1" }));
  const env = { ...environment, ...browser };
  const config = "playwright.screenshots.config.ts";
  const result = await stage("pictures", () =>
    playwright({ place: pictures, env, config, minutes: 9 }),
  );
  await endAll();
  clear(pictures);
  return summarise([result]);
});
