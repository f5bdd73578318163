import pg from "pg";
import { folderOfWorker, urlOfWorker } from "./integration-worker";

// Runs before each test file, before anything of it reads the environment. A test that flushes Redis flushes its own.
const worker = Number(process.env["VITEST_POOL_ID"]);
const { DATABASE_URL = "", REDIS_URL = "", DATA_DIR = ".data" } = process.env;
if (!DATABASE_URL.endsWith(`_w${worker}`)) {
  const redis = new URL(REDIS_URL);
  redis.pathname = String((Number(redis.pathname.slice(1) || 0) + worker) % 16);
  process.env["DATABASE_URL"] = urlOfWorker(DATABASE_URL, worker).href;
  process.env["REDIS_URL"] = redis.href;
  process.env["DATA_DIR"] = folderOfWorker(DATA_DIR, worker);
  process.env["KEYS_DIR"] = `${folderOfWorker(DATA_DIR, worker)}/keys`;
}

// What another file left open is nobody's work: a runner or a worker under test would take it before its own.
const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
await client.connect();
await client.query(
  `UPDATE "Turn" SET state = 'cancelled', finished_at = now() WHERE state IN ('pending', 'running')`,
);
await client.query(
  `UPDATE "Proposal" SET state = 'expired' WHERE state IN ('proposed', 'confirmed', 'executing')`,
);
const { rows } = await client.query("SELECT to_regclass('pgboss.job') AS jobs");
if (rows[0].jobs) {
  await client.query("DELETE FROM pgboss.job WHERE state < 'completed'");
}
await client.end();
