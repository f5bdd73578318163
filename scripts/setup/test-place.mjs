import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createDatabase } from "./database.mjs";
import { bareEnvironment } from "./environment.mjs";
import { generateClient } from "./generate.mjs";
import { install } from "./install.mjs";
import { schemaEngine } from "./migrate.mjs";
import { root } from "./place.mjs";
import { findFreePort } from "./ports.mjs";
import { startPostgres } from "./postgres.mjs";
import { completeEnvironment } from "./prepare.mjs";
import { claimPlace } from "./processes.mjs";
import { startRedis } from "./redis.mjs";
import { step } from "./say.mjs";
import { ensureSecrets } from "./secrets.mjs";

/** A build bakes this key in. One for all throw-away runs of a clone lets the next run use the build of the last. */
const actionKey = createHash("sha256").update(`recollect throw-away ${root}`).digest("base64");

/**
 * Prepares servers, databases and secrets that live for one run and share nothing with the demo's. `names` are the
 * databases; each gets its own environment, with a Redis database of its own. `careful` has PostgreSQL write as it does
 * for the demo, where a run measures that or kills it.
 */
export async function prepareThrowAway(place, what, names, { careful = false } = {}) {
  await claimPlace(place, what);
  clear(place);
  await step("Dependencies", install);
  const bare = { ...bareEnvironment(), NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionKey };
  const server = await step("PostgreSQL", () => startPostgres(place, { throwAway: !careful }));
  const redis = await step("Redis", () => startRedis(place));
  await step("Database client", generateClient);
  const environments = await step("Databases", async () => {
    const secrets = ensureSecrets({ folder: place.secrets, given: bare, keyIds: [] });
    const made = names.map((name, index) =>
      prepareOne({ place, bare, secrets, server, redis, name, index }),
    );
    return Object.fromEntries(await Promise.all(made));
  });
  return { bare, environments };
}

async function prepareOne({ place, bare, secrets, server, redis, name, index }) {
  const url = await createDatabase(server, name, { afresh: true });
  await schemaEngine(url, "deploy");
  const port = await findFreePort(3900 + index * 10);
  const known = {
    ...secrets,
    DATABASE_URL: url,
    REDIS_URL: redis.replace(/\/0$/, `/${index}`),
    NEXT_DIST_DIR: place.dist,
    BASE_URL: `http://localhost:${port}`,
  };
  const files = path.join(place.files, name);
  // An erasure ledger belongs to one database.
  const own = {
    DATA_DIR: files,
    KEYS_DIR: path.join(files, "keys"),
    SERVER_FILES: place.server,
  };
  const given = { ...bare, PORT: String(port), ...own };
  return [name, completeEnvironment(place, given, known)];
}

/** Removes what a run leaves; the reports stay for a look. */
export function clear(place) {
  for (const folder of [place.server, place.secrets, place.files]) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
