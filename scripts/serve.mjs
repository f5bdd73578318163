import "./setup/need-node.mjs";
import { requireDatabase, sealingKeyIds, seenLedgerLines } from "./setup/database.mjs";
import { commandOf } from "./setup/identity.mjs";
import { main, settle } from "./setup/main.mjs";
import { node24, tsx } from "./setup/node24.mjs";
import { place, root } from "./setup/place.mjs";
import { completeEnvironment, prepareData } from "./setup/prepare.mjs";
import { launch } from "./setup/processes.mjs";
import { Sorry, step } from "./setup/say.mjs";
import { ensureSecrets } from "./setup/secrets.mjs";
import { seed } from "./setup/seed.mjs";

/**
 * What a container runs, on servers that others started: `prepare` once (migrations, secrets, seed), then any number
 * of `web` and `worker`, and `run FILE` for a command such as scripts/backup.ts. The secrets lie in SECRETS_DIR, which all of them share.
 */
const home = {
  ...place("demo"),
  ...(process.env.SECRETS_DIR ? { secrets: process.env.SECRETS_DIR } : {}),
};
const next = "node_modules/next/dist/bin/next";
const verbs = {
  prepare,
  web: () => serve("web", [next, "start", "-H", "0.0.0.0", "-p", given().PORT ?? "3000"]),
  worker: () => serve("worker", tsx("scripts/worker.ts")),
  run: () => serve(process.argv[3], [...tsx(process.argv[3]), ...process.argv.slice(4)]),
  health,
  "health-worker": healthWorker,
};

await main(async () => {
  const verb = verbs[process.argv[2]];
  if (!verb) {
    throw new Sorry(`Say what to run: node scripts/serve.mjs ${Object.keys(verbs).join(" | ")}`);
  }
  return await verb();
});

function given() {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
}

async function requireServices() {
  const { DATABASE_URL, REDIS_URL } = given();
  if (!DATABASE_URL || !REDIS_URL) {
    throw new Sorry(
      "Set DATABASE_URL and REDIS_URL: this command brings no servers of its own (npm start does).",
    );
  }
  await requireDatabase(DATABASE_URL);
  return { DATABASE_URL, REDIS_URL };
}

async function prepare() {
  const environment = await prepareData(home, given(), await requireServices());
  const { signIns, firstAdminLink } = await step("Seed", () => seed(environment));
  for (const { role, email, password } of signIns) {
    console.log(`  ${role.padEnd(9)} ${email}  ${password}`);
  }
  if (firstAdminLink) {
    console.log(`  The first admin is made here, once, within 30 minutes: ${firstAdminLink}`);
  }
  return 0;
}

async function serve(name, words) {
  const services = await requireServices();
  const keyIds = await sealingKeyIds(services.DATABASE_URL);
  const ledgerLines = await seenLedgerLines(services.DATABASE_URL);
  const secrets = ensureSecrets({ folder: home.secrets, given: given(), keyIds, ledgerLines });
  const environment = completeEnvironment(home, given(), { ...services, ...secrets });
  settle();
  const { ended } = launch(name, node24(), words, {
    cwd: root,
    // The product ends itself (lib/process.ts): leases are given back before it exits.
    env: { ...environment, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "1" },
    stdio: "inherit",
    graceMs: 25_000,
  });
  const { code, error } = await ended;
  if (error) {
    throw error;
  }
  return code ?? 1;
}

async function health() {
  const port = given().PORT ?? "3000";
  const answer = await fetch(`http://127.0.0.1:${port}/api/live`, {
    signal: AbortSignal.timeout(4000),
  });
  return answer.status === 200 ? 0 : 1;
}

/** The container's first process lives exactly as long as the worker; what it can lose meanwhile is its database. */
async function healthWorker() {
  await requireServices();
  return /serve\.mjs worker/.test(commandOf(1)) ? 0 : 1;
}
