import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { env } from "@/lib/env";

type Bytes = AsyncIterable<Uint8Array>;

/** One connection outside the pool, without a limit on a statement's time: for what streams, or holds a lock for long. */
export type Session = {
  query: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** `COPY … TO STDOUT`, as it comes: a table of any size needs no more memory than a small one. */
  copyOut: (sql: string) => Bytes;
  /** `COPY … FROM STDIN`; returns how many rows came. */
  copyIn: (sql: string, source: Bytes) => Promise<number>;
};

/** Opens a session; whoever opens it closes it. */
export async function openSession(): Promise<{ session: Session; close: () => Promise<void> }> {
  const client = new pg.Client({
    connectionString: env.DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: "recollect-session",
  });
  // A lost connection fails the statement that runs or comes next; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return { session: sessionOf(client), close: () => client.end() };
}

/** Runs with a session of its own and always closes it. */
export async function withSession<T>(run: (session: Session) => Promise<T>): Promise<T> {
  const { session, close } = await openSession();
  try {
    return await run(session);
  } finally {
    await close();
  }
}

function sessionOf(client: pg.Client): Session {
  return {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
    copyOut: (sql) => client.query(copyTo(sql)),
    copyIn: async (sql, source) => {
      const sink = client.query(copyFrom(sql));
      await pipeline(Readable.from(source, { objectMode: false }), sink);
      return sink.rowCount;
    },
  };
}

/** Runs while nobody else holds the lock of this number in this database, or answers null at once. */
export async function tryAlone<T>(
  lock: number,
  run: (session: Session) => Promise<T>,
): Promise<T | null> {
  return await withSession(async (session) => {
    const [row] = await session.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock($1) AS held",
      [lock],
    );
    // The session's end gives the lock back, however it ends.
    return row?.held ? await run(session) : null;
  });
}
