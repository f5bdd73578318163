import "./setup/need-node.mjs";
import fs from "node:fs";
import path from "node:path";
import { generateClient } from "./setup/generate.mjs";
import { isInstalled } from "./setup/install.mjs";
import { main } from "./setup/main.mjs";
import { node24, tsx } from "./setup/node24.mjs";
import { place, root } from "./setup/place.mjs";
import { endAll, launch } from "./setup/processes.mjs";
import { Sorry } from "./setup/say.mjs";
import { clear, prepareThrowAway } from "./setup/test-place.mjs";

/**
 * Measures a part of the product on data of others: `npm run eval -- redaction --data FILE [--benign FILE] [--json]`,
 * `npm run eval -- recall --data FILE [--json]`, `npm run eval -- summary --data FOLDER [--json]`,
 * `npm run eval -- tools --data FOLDER --cases FILE [--json]`,
 * `npm run eval -- retrieval --articles FOLDER --cases FILE [--half even|odd] [--json]`.
 * Most of what is measured here touches no store, so nothing is started and the environment leads nowhere.
 */
const home = place("test");
const SECRET = "evaluation-only-0123456789abcdef0123";
const nowhere = {
  DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none",
  REDIS_URL: "redis://127.0.0.1:9/0",
  LOG_LEVEL: "silent",
  SESSION_SECRET: SECRET,
  PEPPER_INDEX: SECRET,
  PEPPER_SEARCH: SECRET,
  PEPPER_PSEUDONYM: SECRET,
  KEYRING: JSON.stringify({ current: "none", keys: { none: Buffer.alloc(32).toString("base64") } }),
};

/** What is measured in a database gets servers of its own for as long as it runs, which share nothing with the demo's. */
const onServers = new Set(["tools"]);

async function environmentFor(name, words) {
  if (!onServers.has(name)) {
    return nowhere;
  }
  if (words.includes("--json")) {
    // Figures alone go to stdout; what happens meanwhile is for the person at the terminal.
    console.log = console.error;
  }
  const { environments } = await prepareThrowAway(home, `npm run eval -- ${name}`, ["eval"]);
  return environments.eval;
}

await main(async () => {
  const [name, ...words] = process.argv.slice(2);
  const file = `scripts/eval/${name}.ts`;
  if (!/^[a-z-]+$/.test(name ?? "") || !fs.existsSync(path.join(root, file))) {
    throw new Sorry(
      "Name what to measure: npm run eval -- redaction|conformance|recall|summary|tools --data PATH [--json], or retrieval --articles DIR --cases FILE [--json]",
    );
  }
  if (!isInstalled()) {
    throw new Sorry("The dependencies are not installed yet: npm install, then this again.");
  }
  await generateClient(() => undefined);
  const { ended } = launch(file, node24(), [...tsx(file), ...words], {
    cwd: root,
    env: { ...process.env, ...(await environmentFor(name, words)) },
    stdio: "inherit",
  });
  const { code, error } = await ended;
  if (onServers.has(name)) {
    await endAll();
    clear(home);
  }
  if (error) {
    throw error;
  }
  return code ?? 1;
});
