import type { Session } from "@/lib/storage";

/** What tells a server's folder from another's, and where its data goes beside that folder. */
export type ServerFacts = {
  /** As in global/pg_control; null where the role may not ask. */
  systemId: string | null;
  databaseOid: string;
  replicas: number;
  archives: boolean;
};

export async function describeServer(session: Session): Promise<ServerFacts> {
  const [row] = await session.query<{ oid: string; archives: boolean }>(
    `SELECT oid::text, current_setting('archive_mode') <> 'off' AS archives
     FROM pg_database WHERE datname = current_database()`,
  );
  const [slots] = await session.query<{ count: number }>(
    "SELECT ((SELECT count(*) FROM pg_stat_replication) + (SELECT count(*) FROM pg_replication_slots WHERE NOT active))::int AS count",
  );
  return {
    systemId: await findSystemId(session),
    databaseOid: row?.oid ?? "",
    replicas: slots?.count ?? 0,
    archives: row?.archives ?? false,
  };
}

async function findSystemId(session: Session): Promise<string | null> {
  const [may] = await session.query<{ may: boolean }>(
    "SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS may",
  );
  if (!may?.may) {
    return null;
  }
  const [row] = await session.query<{ id: string }>(
    "SELECT system_identifier::text AS id FROM pg_control_system()",
  );
  return row?.id ?? null;
}

/** The table to which a file of the database belongs, also by an index or its overflow; null where to none of today. */
export async function tableOfFile(session: Session, filenode: string): Promise<string | null> {
  const [row] = await session.query<{ table: string | null }>(
    `WITH relation AS (SELECT pg_filenode_relation(0, $1::oid)::oid AS oid),
       heap AS (SELECT coalesce(i.indrelid, r.oid) AS oid
         FROM relation r LEFT JOIN pg_index i ON i.indexrelid = r.oid),
       owner AS (SELECT coalesce(c.oid, h.oid) AS oid
         FROM heap h LEFT JOIN pg_class c ON c.reltoastrelid = h.oid AND h.oid <> 0)
     SELECT c.relname::text AS "table" FROM owner o JOIN pg_class c ON c.oid = o.oid`,
    [filenode],
  );
  return row?.table ?? null;
}
