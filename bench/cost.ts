import { setTimeout as pause } from "node:timers/promises";
import { withDatabase } from "@/scripts/setup/database.mjs";
import { inTurn } from "./arrivals";
import { type Customer, newCustomer } from "./customers";
import { nextReference } from "./first-token";
import { rounded } from "./measure";
import type { Stage } from "./turn";
import { type Counts, commands, layCountingWire, statements } from "./wire";

const CUSTOMERS = 8;
const TURNS_EACH = 8;
const TURNS = CUSTOMERS * TURNS_EACH;
const IDLE_SECONDS = 8;

type Reading = { seconds: number; sql: Counts; redis: Counts; walBytes: number };

/**
 * What the durability of a turn costs: what the product asks of PostgreSQL and Redis while turns are answered, less what
 * it asks of them anyway with as many streams open and nobody writing.
 */
export async function measureCost({ settings, actions, startWeb }: Stage) {
  const database = settings["DATABASE_URL"] ?? "";
  const sql = await layCountingWire(new URL(database), statements);
  const redis = await layCountingWire(new URL(settings["REDIS_URL"] ?? ""), commands);
  const web = await startWeb("counted", { DATABASE_URL: sql.url.href, REDIS_URL: redis.url.href });
  const everyone = Array.from({ length: CUSTOMERS });
  const customers = await inTurn(everyone, 4, () => newCustomer(web.address, actions));
  await askAll(customers, 1);
  const measure = async <T>(work: () => Promise<T>): Promise<[Reading, T]> => {
    const walBefore = await walAt(database);
    sql.take();
    redis.take();
    const beganAt = performance.now();
    const result = await work();
    const seconds = (performance.now() - beganAt) / 1000;
    const counts = { sql: sql.take(), redis: redis.take() };
    return [{ seconds, ...counts, walBytes: (await walAt(database)) - walBefore }, result];
  };
  const [idle] = await measure(() => pause(IDLE_SECONDS * 1000));
  const [busy, errors] = await measure(() => askAll(customers, TURNS_EACH));
  for (const customer of customers) {
    customer.leave();
  }
  await web.stop();
  return { ...perTurn(idle, busy), turns: TURNS, errors };
}

/** Two at a time: enough to be quick, and nothing waits for anything else. Returns how many failed. */
async function askAll(customers: readonly Customer[], times: number): Promise<number> {
  const answered = await inTurn(customers, 2, async (customer) => {
    let failed = 0;
    for (let time = 0; time < times; time += 1) {
      failed += (await customer.ask(nextReference(), 60_000)).error ? 1 : 0;
    }
    return failed;
  });
  return answered.reduce((sum, failed) => sum + failed, 0);
}

type Client = { query: (sql: string) => Promise<{ rows: { bytes: string }[] }> };

async function walAt(url: string): Promise<number> {
  return await withDatabase(url, async (client: Client) => {
    const { rows } = await client.query("SELECT pg_current_wal_lsn() - '0/0' AS bytes");
    return Number(rows[0]?.bytes);
  });
}

function perTurn(idle: Reading, busy: Reading) {
  const of = (read: (reading: Reading) => number) =>
    (read(busy) - (read(idle) / idle.seconds) * busy.seconds) / TURNS;
  const sqlBytes = Math.round(of(({ sql }) => sql.bytes));
  const redisBytes = Math.round(of(({ redis }) => redis.bytes));
  return {
    sqlStatementsPerTurn: rounded(of(({ sql }) => sql.run)),
    redisCommandsPerTurn: rounded(of(({ redis }) => redis.run)),
    bytesPerTurn: sqlBytes + redisBytes,
    sqlBytesPerTurn: sqlBytes,
    redisBytesPerTurn: redisBytes,
    walBytesPerTurn: Math.round(of(({ walBytes }) => walBytes)),
    idleStatementsPerSecond: rounded(idle.sql.run / idle.seconds),
    mostRun: mostRun(busy.sql),
    redisCommands: mostRun(busy.redis),
  };
}

/** What turns run most, for whoever wants less of it. */
function mostRun({ byName }: Counts) {
  return [...byName]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 30)
    .map(([name, times]) => ({ perTurn: rounded(times / TURNS, 2), name: name.slice(0, 160) }));
}
