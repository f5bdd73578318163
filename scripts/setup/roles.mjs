import { withDatabase } from "./database.mjs";

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/**
 * What the product's processes need of a database that belongs to another role: `needed` before they start, `sweeping` for
 * the second stage of an erasure, which says in the receipt what it was not allowed. Written so that it can be run again,
 * after each deploy too.
 */
export function grantsFor(role, { database, version }) {
  const to = quoted(role);
  const literal = `'${role.replaceAll("'", "''")}'`;
  return {
    needed: [
      `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal}) THEN CREATE ROLE ${to} LOGIN; END IF; END $$`,
      `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${to}`,
      `GRANT USAGE ON SCHEMA public TO ${to}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${to}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${to}`,
      // The chain is appended to and nothing else; a receipt is given its second part and nothing else.
      `REVOKE UPDATE, DELETE, TRUNCATE ON "AuditEntry" FROM ${to}`,
      `REVOKE UPDATE, TRUNCATE ON "AuditOutbox" FROM ${to}`,
      `REVOKE UPDATE, DELETE, TRUNCATE ON "Receipt" FROM ${to}`,
      `GRANT UPDATE (second) ON "Receipt" TO ${to}`,
      `REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${to}`,
      // The queue makes and tends its own tables.
      `CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION ${to}`,
      ownQueue(to),
    ],
    sweeping: [
      ...(version >= 170_000
        ? [
            `GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO ${to}`,
            `GRANT MAINTAIN ON pg_catalog.pg_statistic TO ${to}`,
          ]
        : []),
      `GRANT pg_checkpoint, pg_monitor TO ${to}`,
      `GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ${to}`,
      `GRANT EXECUTE ON FUNCTION pg_control_system() TO ${to}`,
    ],
  };
}

function ownQueue(to) {
  return `DO $$ DECLARE thing record; BEGIN
  FOR thing IN SELECT format('ALTER TABLE %s OWNER TO %s', c.oid::regclass, '${to}') AS sql
    FROM pg_class c WHERE c.relnamespace = 'pgboss'::regnamespace AND c.relkind IN ('r', 'p')
    UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO %s', p.oid::regprocedure, '${to}')
    FROM pg_proc p WHERE p.pronamespace = 'pgboss'::regnamespace
    UNION ALL SELECT format('ALTER TYPE %s OWNER TO %s', t.oid::regtype, '${to}')
    FROM pg_type t WHERE t.typnamespace = 'pgboss'::regnamespace AND t.typtype = 'e'
  LOOP EXECUTE thing.sql; END LOOP;
  EXECUTE 'ALTER SCHEMA pgboss OWNER TO ${to}';
END $$`;
}

/** Which database and version a URL leads to. */
export async function describeDatabase(url) {
  return await withDatabase(url, async (client) => {
    const { rows } = await client.query(
      "SELECT current_database() AS database, current_setting('server_version_num')::int AS version",
    );
    return rows[0];
  });
}

/** Applies them: all that are needed or none, and of the others what the server lets us. Returns what it did not. */
export async function applyGrants(url, { needed, sweeping }) {
  return await withDatabase(url, async (client) => {
    await client.query(["BEGIN", ...needed, "COMMIT"].join(";\n"));
    const refused = [];
    for (const statement of sweeping) {
      try {
        await client.query(statement);
      } catch (error) {
        if (error.code !== "42501") {
          throw error;
        }
        refused.push(statement);
      }
    }
    return refused;
  });
}
