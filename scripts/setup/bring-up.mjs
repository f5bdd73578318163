import { buildWhenChanged } from "./build.mjs";
import { checkEnvironment, givenEnvironment } from "./environment.mjs";
import { install } from "./install.mjs";
import { requirePort } from "./ports.mjs";
import { prepareClient, prepareData, startServices } from "./prepare.mjs";
import { claimPlace } from "./processes.mjs";
import { bold, Sorry, step } from "./say.mjs";
import { seed } from "./seed.mjs";

/**
 * Everything that comes before the web process: what is missing is installed, started, migrated, built and seeded.
 * `what` is the command as the person typed it.
 */
export async function bringUp(place, { what, dev = false }) {
  const given = givenEnvironment();
  const port = readPort(given, what);
  const host = given.LISTEN || "127.0.0.1";
  console.log(`\n  ${bold("Recollect")}\n`);
  await claimPlace(place, what);
  await requirePort(port, what.replace(/^npm /, ""));
  await step("Dependencies", install);
  const checked = await step("Environment", () => checkEnvironment(given));
  const services = await startServices(place, given);
  const environment = await prepareData(place, given, services);
  await prepareClient();
  if (!dev) {
    await step("Build", (note) => buildWhenChanged(place, environment, note));
  }
  const seeded = await step("Seed", () => seed(environment));
  const address = given.PUBLIC_URL || `http://localhost:${port}`;
  return { given, port, host, checked, environment, seeded, address };
}

function readPort(given, what) {
  const port = Number(given.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Sorry(
      `PORT is ${given.PORT}, which is no port. Set a number from 1 to 65535, for example PORT=3001 ${what}`,
    );
  }
  return port;
}
