import { sealingKeyIds, seenLedgerLines } from "./database.mjs";
import { checkEnvironment } from "./environment.mjs";
import { generateClient } from "./generate.mjs";
import { install, isInstalled } from "./install.mjs";
import { completeEnvironment, prepareClient, prepareData, startServices } from "./prepare.mjs";
import { claimPlace, findRun } from "./processes.mjs";
import { Sorry, step } from "./say.mjs";
import { ensureSecrets } from "./secrets.mjs";

/**
 * The product's environment for a command beside `npm start`: with its services when it runs, else with services of
 * this command's own. `withoutLedger` is for the one command that accepts that the erasure ledger is lost.
 */
export async function withProduct(place, given, what, { withoutLedger = false } = {}) {
  const running = findRun(place);
  if (running) {
    return await borrow(place, given, running, withoutLedger);
  }
  await claimPlace(place, what);
  await step("Dependencies", install);
  await checkEnvironment(given);
  const services = await startServices(place, given);
  const environment = await prepareData(place, given, services, { withoutLedger });
  await prepareClient();
  return environment;
}

async function borrow(place, given, { what, services }, withoutLedger) {
  if (!services || !isInstalled()) {
    throw new Sorry(`${what} is still preparing in another terminal: try again when it is ready.`);
  }
  await generateClient(() => undefined);
  const keyIds = await sealingKeyIds(services.DATABASE_URL);
  const ledgerLines = withoutLedger ? 0 : await seenLedgerLines(services.DATABASE_URL);
  const secrets = ensureSecrets({ folder: place.secrets, given, keyIds, ledgerLines });
  return completeEnvironment(place, given, { ...services, ...secrets });
}
