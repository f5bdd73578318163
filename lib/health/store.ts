import { z } from "zod";
import {
  closeNotify,
  closePostgres,
  closeRedis,
  db,
  pingPostgres,
  pingRedis,
  transact,
} from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  type Disk,
  PartState,
  type ProcessView,
  Sight,
  type Standing,
  type TurnQueue,
} from "./schema";

export const probes = { postgres: pingPostgres, redis: pingRedis } as const;

/** The last thing a process does with its databases. */
export async function closeConnections(): Promise<void> {
  closeRedis();
  await Promise.allSettled([closeNotify(), closePostgres()]);
}

const ALIVE_SECONDS = 15;
const FORGOTTEN_MINUTES = 10;

export type Self = { id: string; kind: string; build: string; jobs: boolean };

/**
 * Says that this process lives and what it sees, forgets those that have long been silent, and settles how each part
 * stands in the eyes of all. `cameBack`: PostgreSQL was out of reach until now.
 */
export async function writeBeat(self: Self, sight: Sight, cameBack: boolean): Promise<void> {
  await transact(async (tx) => {
    await db(tx).$executeRaw`
      INSERT INTO "Process" (id, kind, build, jobs, states)
      VALUES (${self.id}::uuid, ${self.kind}, ${self.build}, ${self.jobs}, ${JSON.stringify(sight)}::jsonb)
      ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp(), states = EXCLUDED.states,
        jobs = EXCLUDED.jobs`;
    await db(tx).$executeRaw`
      DELETE FROM "Process" WHERE seen_at < clock_timestamp() - make_interval(mins => ${FORGOTTEN_MINUTES}::int)`;
    await settle(tx, cameBack);
  });
}

/** Takes a process off the list: it ended in order. */
export async function leave(id: string): Promise<void> {
  await db().process.deleteMany({ where: { id } });
}

// Down is what nobody reaches, partly what somebody does not; who has not tried has no say.
async function settle(tx: Tx, cameBack: boolean): Promise<void> {
  await db(tx).$executeRaw`
    WITH living AS (
      SELECT * FROM "Process"
      WHERE seen_at > clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS}::int)
    ), said AS (
      SELECT part.key AS part, array_agg(DISTINCT part.value) FILTER (WHERE part.value <> 'unknown') AS states
      FROM living, jsonb_each_text(living.states -> 'parts') part GROUP BY part.key
    ), now AS (
      SELECT part, CASE
        WHEN states IS NULL THEN 'unknown'
        WHEN states = ARRAY['down'] THEN 'down'
        WHEN 'down' = ANY(states) THEN 'partly'
        WHEN 'up' = ANY(states) THEN 'up'
        ELSE states[1] END AS state
      FROM said
      UNION ALL SELECT 'postgres', 'up'
      UNION ALL SELECT 'workers',
        CASE WHEN EXISTS (SELECT 1 FROM living WHERE jobs) THEN 'up' ELSE 'down' END
    ), gone AS (
      DELETE FROM "Standing" WHERE part NOT IN (SELECT part FROM now)
    )
    INSERT INTO "Standing" AS held (part, state, since)
    SELECT part, state, clock_timestamp() FROM now ORDER BY part
    ON CONFLICT (part) DO UPDATE SET state = EXCLUDED.state, since = EXCLUDED.since
    WHERE held.state <> EXCLUDED.state OR (held.part = 'postgres' AND ${cameBack})`;
}

export async function listStandings(): Promise<Standing[]> {
  const rows = await db().standing.findMany({ orderBy: { part: "asc" } });
  return rows.map(({ part, state, since }) => ({
    part,
    state: PartState.catch("unknown").parse(state),
    since: since.toISOString(),
  }));
}

type Row = Omit<ProcessView, "startedAt" | "seenAt"> & {
  startedAt: Date;
  seenAt: Date;
  states: unknown;
};

/** Web processes first, the oldest of a kind first; each with the disk it writes to. */
export async function listProcesses(): Promise<(ProcessView & { disk: Disk | null })[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT id, kind, build, jobs, started_at AS "startedAt", seen_at AS "seenAt", states,
      seen_at > clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS}::int) AS alive
    FROM "Process" ORDER BY kind, started_at, id`;
  return rows.map(({ states, startedAt, seenAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    seenAt: seenAt.toISOString(),
    disk: Sight.safeParse(states).data?.disk ?? null,
  }));
}

/** Turns that can be worked on: the AI owns the conversation, and the customer may be processed. */
export async function countTurns(): Promise<TurnQueue> {
  const [row] = await db().$queryRaw<
    { pending: number; running: number; oldestPendingAt: Date | null }[]
  >`
    SELECT count(*) FILTER (WHERE t.state = 'pending')::int AS pending,
      count(*) FILTER (WHERE t.state = 'running')::int AS running,
      min(t.created_at) FILTER (WHERE t.state = 'pending') AS "oldestPendingAt"
    FROM "Turn" t JOIN "Conversation" c ON c.id = t.conversation_id
    JOIN "Customer" p ON p.id = c.customer_id
    WHERE t.state <= 'running' AND c.owner = 'AI' AND p.state = 'active'`;
  return {
    pending: row?.pending ?? 0,
    running: row?.running ?? 0,
    oldestPendingAt: row?.oldestPendingAt?.toISOString() ?? null,
  };
}

const Server = z.tuple([z.object({ version: z.string(), bytes: z.bigint() })]);

/** PostgreSQL's version and how large this database is. */
export async function describePostgres(): Promise<{ version: string; bytes: number }> {
  const [row] = Server.parse(
    await db().$queryRaw`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
  );
  return { version: row.version, bytes: Number(row.bytes) };
}
