import "./setup/need-node.mjs";
import { block } from "./setup/block.mjs";
import { buildWhenChanged } from "./setup/build.mjs";
import { checkEnvironment, givenEnvironment } from "./setup/environment.mjs";
import { install } from "./setup/install.mjs";
import { isStopping, main, settle } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { requirePort } from "./setup/ports.mjs";
import { prepareClient, prepareData, startServices } from "./setup/prepare.mjs";
import { claimPlace } from "./setup/processes.mjs";
import { bold, explain, Sorry, step } from "./setup/say.mjs";
import { seed } from "./setup/seed.mjs";
import { serveWeb, showOutput } from "./setup/web.mjs";

/** `npm start` and, with --dev, `npm run dev`: prepares whatever is missing, serves, and stops what it started. */
const dev = process.argv.includes("--dev");
const demo = place("demo");

await main(async () => {
  const given = givenEnvironment();
  const port = readPort(given);
  const host = given.LISTEN || "127.0.0.1";
  console.log(`\n  ${bold("Recollect")}\n`);
  await claimPlace(demo, dev ? "npm run dev" : "npm start");
  await requirePort(port, dev ? "run dev" : "start");
  await step("Dependencies", install);
  const checked = await step("Environment", () => checkEnvironment(given));
  const services = await startServices(demo, given);
  const environment = await prepareData(demo, given, services);
  await prepareClient();
  if (!dev) {
    await step("Build", (note) => buildWhenChanged(demo, environment, note));
  }
  const seeded = await step("Seed", () => seed(environment));
  const web = await step("Web", () =>
    serveWeb({ place: demo, environment, port, host, verb: dev ? "dev" : "start" }),
  );
  const address = given.PUBLIC_URL || `http://localhost:${port}`;
  console.log(
    block({ address, checked, given, seeded, place: demo, host, worker: checked.WORKER }),
  );
  settle();
  showOutput(web);
  return await outcome(web);
});

function readPort(given) {
  const port = Number(given.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Sorry(
      `PORT is ${given.PORT}, which is no port. Set a number from 1 to 65535, for example PORT=3001 npm start`,
    );
  }
  return port;
}

async function outcome(web) {
  const { code, killedBy } = await web.ended;
  if (isStopping()) {
    return 0;
  }
  console.error(
    explain(new Sorry(`\n  The web process ended by itself (${killedBy ?? `code ${code}`}).`)),
  );
  return 1;
}
