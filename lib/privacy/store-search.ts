import { type Session, scanRedis } from "@/lib/storage";
import { searcher } from "./raw-files";
import type { TraceFinder } from "./trace-finder";

/** What stands in one table, as PostgreSQL reads it out: bytes as hexadecimal. */
export type TableHits = { table: string; traces: Map<number, number> };

/** Reads every table of every schema and searches what is read, a piece at a time. */
export async function searchTables(
  session: Session,
  finder: TraceFinder,
): Promise<{ tables: number; hits: TableHits[] }> {
  const tables = await session.query<{ schema: string; table: string }>(
    `SELECT n.nspname AS schema, c.relname AS "table"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgboss') AND has_table_privilege(c.oid, 'SELECT')
     ORDER BY 1, 2`,
  );
  const hits: TableHits[] = [];
  for (const { schema, table } of tables) {
    const traces = new Map<number, number>();
    const search = searcher(finder, traces);
    for await (const piece of session.copyOut(`COPY "${schema}"."${table}" TO STDOUT`)) {
      search(piece);
    }
    if (traces.size > 0) {
      hits.push({ table, traces });
    }
  }
  return { tables: tables.length, hits };
}

/** The names of all keys in Redis, whoever wrote them. */
export async function searchRedisNames(
  finder: TraceFinder,
): Promise<{ keys: number; traces: Map<number, number> }> {
  const traces = new Map<number, number>();
  let keys = 0;
  for await (const names of scanRedis("*")) {
    keys += names.length;
    // A line break, so that two names together make no third.
    searcher(finder, traces)(Buffer.from(names.join("\n")));
  }
  return { keys, traces };
}
