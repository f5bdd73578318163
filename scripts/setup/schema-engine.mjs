import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Prisma's own schema engine as WebAssembly: migrations without the native program that its command line downloads.
 * Reads and writes the same _prisma_migrations table as `prisma migrate deploy`.
 */
async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  const require = createRequire(path.join(process.cwd(), "package.json"));
  const home = path.dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const glue = await import(path.join(home, "schema_engine_bg.js"));
  const bytes = fs.readFileSync(path.join(home, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

const url = new URL(process.env.DATABASE_URL);
const parameters = Object.fromEntries(url.searchParams);
// Fields, not connectionString: pg lets a connection string override the name of the shadow database.
const connection = {
  host: url.hostname,
  port: Number(url.port || 5432),
  user: decodeURIComponent(url.username),
  password: decodeURIComponent(url.password),
  database: url.pathname.slice(1),
  ...(parameters.sslmode && parameters.sslmode !== "disable"
    ? { ssl: { rejectUnauthorized: parameters.sslmode.startsWith("verify") } }
    : {}),
};
const folder = "prisma/migrations";
const datamodel = ["schema.prisma", fs.readFileSync("prisma/schema.prisma", "utf8")];
const filters = { externalTables: [], externalEnums: [] };

const readMigration = (name) => ({
  path: name,
  migrationFile: {
    path: "migration.sql",
    content: {
      tag: "ok",
      value: fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8"),
    },
  },
});

const migrations = (only) => ({
  baseDir: folder,
  shadowDbInitScript: "",
  lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
  migrationDirectories: (fs.existsSync(folder)
    ? fs.readdirSync(folder, { withFileTypes: true })
    : []
  )
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !only || only.includes(name))
    .sort()
    .map(readMigration),
});

/**
 * Closes two gaps between the adapter and the engine: catalogue columns of type "char" (OID 18) are refused, and
 * the shadow database is dropped before its own pool is closed, which PostgreSQL refuses.
 */
class Factory extends PrismaPg {
  async connect() {
    return readChar(await super.connect());
  }

  async connectToShadowDb() {
    const admin = await this.connect();
    const database = `shadow_${crypto.randomUUID()}`;
    await admin.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = readChar(await new PrismaPg({ ...connection, database }).connect());
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
      await admin.dispose();
    };
    return shadow;
  }
}

function readChar(adapter) {
  const perform = adapter.performIO.bind(adapter);
  const query = adapter.queryRaw.bind(adapter);
  let characters = [];
  adapter.performIO = async (sql) => {
    const answer = await perform(sql);
    characters = answer.fields.flatMap((field, index) => (field.dataTypeID === 18 ? [index] : []));
    for (const index of characters) {
      answer.fields[index].dataTypeID = 25;
    }
    return answer;
  };
  adapter.queryRaw = async (sql) => {
    const answer = await query(sql);
    for (const index of characters) {
      answer.columnTypes[index] = ColumnTypeEnum.Character;
    }
    return answer;
  };
  return adapter;
}

const [verb, name] = process.argv.slice(2);
// A restore goes to the schema of its backup's time first: `deploy NAME,NAME`.
const only = verb === "deploy" && name ? requireKnown(name.split(",")) : null;

function requireKnown(names) {
  const unknown = names.filter((each) => !fs.existsSync(path.join(folder, each, "migration.sql")));
  if (unknown.length > 0) {
    throw new Error(`There are no migrations of these names here: ${unknown.join(", ")}`);
  }
  return names;
}

const SchemaEngine = await loadEngine();
const adapters = bindMigrationAwareSqlAdapterFactory(new Factory(connection));
const engine = await SchemaEngine.new({ datamodels: [datamodel] }, () => {}, adapters);

async function difference() {
  const to = { tag: "schemaDatamodel", files: [{ path: datamodel[0], content: datamodel[1] }] };
  const from = { tag: "migrations", ...migrations() };
  const { stdout } = await engine.diff({
    from,
    to,
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters,
  });
  return /empty migration/i.test(stdout) ? "" : stdout.trim();
}

/** Two starts on one database take turns: this lock lives in a session of its own and ends with it. */
async function alone(work) {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query("SELECT pg_advisory_lock(hashtext('recollect.migrate'))");
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A process killed in mid-migration leaves a row without an end, and the engine then refuses for ever. Each file runs
 * as one implicit transaction, so it was applied whole or not at all: the row goes, and where "already exists" shows
 * that it was applied, it is recorded as such.
 */
async function deploy(client) {
  const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') AS "table"`);
  const unfinished = rows[0].table
    ? await client.query(
        "DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL RETURNING migration_name AS name",
      )
    : { rows: [] };
  try {
    return await apply();
  } catch (error) {
    if (unfinished.rows.length === 0 || !/already exists/i.test(String(error.message))) {
      throw error;
    }
    await client.query(
      "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1, logs = NULL WHERE finished_at IS NULL AND migration_name = ANY($1)",
      [unfinished.rows.map(({ name }) => name)],
    );
    return await apply();
  }
}

const apply = async () =>
  (await engine.applyMigrations({ migrationsList: migrations(only), filters }))
    .appliedMigrationNames;

const verbs = {
  deploy: async () => (await alone(deploy)).join("\n"),
  drift: difference,
  new: async (name) => {
    const sql = await difference();
    if (!sql) {
      return "The migrations already lead to prisma/schema.prisma: nothing to write.";
    }
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const target = path.join(folder, `${stamp}_${name}`);
    fs.mkdirSync(target, { recursive: true });
    fs.writeFileSync(path.join(target, "migration.sql"), `${sql}\n`);
    return `Wrote ${target}/migration.sql: read it before you commit it.`;
  },
};

console.log(await verbs[verb](name));
// The engine keeps its pool open.
process.exit();
