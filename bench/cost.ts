import { setTimeout as pause } from "node:timers/promises";
import { withDatabase } from "@/scripts/setup/database.mjs";
import { inTurn } from "./arrivals";
import { type Customer, newCustomer } from "./customers";
import { nextReference } from "./first-token";
import { rounded } from "./measure";
import { redisCounts } from "./redis-counts";
import type { Stage } from "./turn";
import { type Counts, layCountingWire } from "./wire";

const CUSTOMERS = 8;
const TURNS_EACH = 8;
const IDLE_SECONDS = 8;

type Reading = {
  seconds: number;
  statements: number;
  roundTrips: number;
  sqlBytes: number;
  walBytes: number;
  redisCommands: number;
  redisBytes: number;
};

/**
 * What the durability of a turn costs: what the product asks of PostgreSQL and Redis while turns are answered, less what
 * it asks of them anyway with as many streams open and nobody writing.
 */
export async function measureCost({ settings, actions, startWeb }: Stage) {
  const database = settings["DATABASE_URL"] ?? "";
  const wire = await layCountingWire(new URL(database));
  const web = await startWeb("counted", { DATABASE_URL: wire.url.href });
  const everyone = Array.from({ length: CUSTOMERS });
  const customers = await inTurn(everyone, 4, () => newCustomer(web.address, actions));
  await askAll(customers, 1);
  const source = { url: database, redis: new URL(settings["REDIS_URL"] ?? ""), take: wire.take };
  const [idle] = await measure(source, () => pause(IDLE_SECONDS * 1000));
  const [busy, errors, counts] = await measure(source, () => askAll(customers, TURNS_EACH));
  for (const customer of customers) {
    customer.leave();
  }
  await web.stop();
  return {
    ...perTurn(idle, busy),
    mostRun: mostRun(counts),
    turns: CUSTOMERS * TURNS_EACH,
    errors,
  };
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

type Source = { url: string; redis: URL; take: () => Counts };

async function measure<T>(source: Source, work: () => Promise<T>): Promise<[Reading, T, Counts]> {
  const [redisBefore, walBefore] = [await redisCounts(source.redis), await walAt(source.url)];
  source.take();
  const beganAt = performance.now();
  const result = await work();
  const counts = source.take();
  const seconds = (performance.now() - beganAt) / 1000;
  const [redis, wal] = [await redisCounts(source.redis), await walAt(source.url)];
  const reading = {
    seconds,
    statements: counts.statements,
    roundTrips: counts.roundTrips,
    sqlBytes: counts.bytes,
    walBytes: wal - walBefore,
    redisCommands: redis.commands - redisBefore.commands,
    redisBytes: redis.bytes - redisBefore.bytes,
  };
  return [reading, result, counts];
}

type Client = { query: (sql: string) => Promise<{ rows: { bytes: string }[] }> };

async function walAt(url: string): Promise<number> {
  return await withDatabase(url, async (client: Client) => {
    const { rows } = await client.query("SELECT pg_current_wal_lsn() - '0/0' AS bytes");
    return Number(rows[0]?.bytes);
  });
}

function perTurn(idle: Reading, busy: Reading) {
  const of = (name: Exclude<keyof Reading, "seconds">) =>
    rounded((busy[name] - (idle[name] / idle.seconds) * busy.seconds) / (CUSTOMERS * TURNS_EACH));
  const redisBytes = of("redisBytes") ?? 0;
  const sqlBytes = of("sqlBytes") ?? 0;
  return {
    sqlStatementsPerTurn: of("statements"),
    sqlRoundTripsPerTurn: of("roundTrips"),
    redisCommandsPerTurn: of("redisCommands"),
    bytesPerTurn: Math.round(sqlBytes + redisBytes),
    sqlBytesPerTurn: Math.round(sqlBytes),
    redisBytesPerTurn: Math.round(redisBytes),
    walBytesPerTurn: of("walBytes"),
    idleStatementsPerSecond: rounded(idle.statements / idle.seconds),
  };
}

/** The statements that turns run most, for whoever wants fewer. */
function mostRun({ byText }: Counts) {
  return [...byText]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 25)
    .map(([sql, times]) => ({
      perTurn: rounded(times / (CUSTOMERS * TURNS_EACH), 2),
      sql: sql.slice(0, 160),
    }));
}
