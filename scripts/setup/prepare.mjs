import fs from "node:fs";
import { createDatabase, requireDatabase, sealingKeyIds, seenLedgerLines } from "./database.mjs";
import { generateClient } from "./generate.mjs";
import { schemaEngine } from "./migrate.mjs";
import { privateFolder } from "./place.mjs";
import { startPostgres } from "./postgres.mjs";
import { lendServices } from "./processes.mjs";
import { startRedis } from "./redis.mjs";
import { step } from "./say.mjs";
import { ensureSecrets } from "./secrets.mjs";

/** Starts the services that the person has not named, and returns where all of them answer. */
export async function startServices(place, given) {
  const services = {
    DATABASE_URL: await step("PostgreSQL", async (note) => {
      if (given.DATABASE_URL) {
        await requireDatabase(given.DATABASE_URL);
        note("yours, from DATABASE_URL");
        return given.DATABASE_URL;
      }
      const server = await startPostgres(place);
      note(`port ${new URL(server).port}`);
      return await createDatabase(server, "recollect");
    }),
    REDIS_URL: await step("Redis", async (note) => {
      const url = given.REDIS_URL || (await startRedis(place));
      note(given.REDIS_URL ? "yours, from REDIS_URL" : `port ${new URL(url).port}`);
      return url;
    }),
  };
  // What runs here can be looked into here: erasures search these folders.
  const isOurs = !given.DATABASE_URL || !given.REDIS_URL;
  const all =
    isOurs && !given.SERVER_FILES ? { ...services, SERVER_FILES: place.server } : services;
  lendServices(all);
  return all;
}

/** Brings the database up to the migrations and the secrets up to what stored data needs; returns the environment. */
export async function prepareData(place, given, services, { withoutLedger = false } = {}) {
  await step("Migrations", async (note) => {
    const applied = (await schemaEngine(services.DATABASE_URL, "deploy")).trim();
    note(applied ? `applied ${applied.split("\n").join(", ")}` : "up to date");
  });
  return await step("Secrets", async (note) => {
    const keyIds = await sealingKeyIds(services.DATABASE_URL);
    const ledgerLines = withoutLedger ? 0 : await seenLedgerLines(services.DATABASE_URL);
    const secrets = ensureSecrets({ folder: place.secrets, given, keyIds, ledgerLines });
    note(keyIds.length > 0 ? "every key of the stored data is there" : "ready");
    return completeEnvironment(place, given, { ...services, ...secrets });
  });
}

/** The whole environment of the product in a place. */
export function completeEnvironment(place, given, known) {
  const files = given.DATA_DIR || place.files;
  if (!fs.existsSync(files)) {
    privateFolder(files);
  }
  const port = given.PORT || "3000";
  const address = given.PUBLIC_URL || `http://localhost:${port}`;
  return {
    ...given,
    ...known,
    PORT: port,
    DATA_DIR: files,
    NEXTAUTH_URL: given.NEXTAUTH_URL || address,
  };
}

/** Prisma's client, which everything outside of Next imports too. */
export const prepareClient = () => step("Database client", generateClient);
