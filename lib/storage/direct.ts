import { AsyncLocalStorage } from "node:async_hooks";
import { hash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { once } from "@/lib/once";
import { Prisma } from "./generated/client";

type Client = Prisma.TransactionClient;
type Row = Record<string, unknown>;
/** The pool, or the one connection of a transaction. */
export type Connection = Pick<pg.PoolClient, "query">;

/*
 * SQL of our own goes over the pool that Prisma uses too, past Prisma's own path for it, which costs a process half a
 * millisecond a statement (measured; without it .07). Values come back as Prisma gives them.
 */
const INT8 = 20;
const BYTEA = 17;
const DATE = 1082;
const TIMESTAMP = 1114;
const NUMERIC = 1700;

const readers = new Map<number, (text: string) => unknown>([
  [INT8, (text) => BigInt(text)],
  [BYTEA, readBytes],
  [DATE, (text) => new Date(`${text}T00:00:00.000Z`)],
  [TIMESTAMP, (text) => new Date(`${text.replace(" ", "T")}Z`)],
  [NUMERIC, (text) => new Prisma.Decimal(text)],
]);

const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    (format !== "binary" && readers.get(oid)) || pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

// "\x" and then two digits a byte.
function readBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), "hex"));
}

function writeValue(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  return Array.isArray(value) ? value.map(writeValue) : value;
}

type Given = TemplateStringsArray | Prisma.Sql;

function run(connection: Connection, given: Given, values: unknown[]) {
  const sql = "raw" in given ? Prisma.sql(given, ...values) : given;
  const { text } = sql;
  const name = hash("sha1", text, "base64url");
  return connection.query<Row>({ name, text, values: sql.values.map(writeValue), types });
}

/** SQL of ours over the pool or over one connection of it. */
function directSql(connection: Connection): Record<string | symbol, unknown> {
  return {
    $queryRaw: async (given: Given, ...values: unknown[]) =>
      (await run(connection, given, values)).rows,
    $executeRaw: async (given: Given, ...values: unknown[]) =>
      (await run(connection, given, values)).rowCount ?? 0,
  };
}

/** `client`, with its `$queryRaw` and `$executeRaw` over `connection`. */
export function withDirectSql(client: Client, connection: Connection): Client {
  const direct = directSql(connection);
  return new Proxy(client, {
    get: (target, name) => direct[name] ?? Reflect.get(target, name, target),
  });
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** A transaction's client: SQL of ours over its connection; Prisma comes in with the first model that is asked for. */
export function lateClient(connection: Connection, join: () => Promise<Client>): Client {
  const direct = directSql(connection);
  const model = (name: string | symbol) =>
    new Proxy(
      {},
      { get: (_, deed) => callLate(async () => Reflect.get(await join(), name), deed) },
    );
  return new Proxy({} as Client, {
    get: (_, name) =>
      direct[name] ?? (String(name).startsWith("$") ? callLate(join, name) : model(name)),
  });
}

function callLate(find: () => Promise<object>, name: string | symbol): Call {
  return async (...args) => {
    const found = await find();
    return await Reflect.apply(Reflect.get(found, name) as Call, found, args);
  };
}

/** The connection whose transaction Prisma is to take part in, while it begins one of its own. */
function seat(): AsyncLocalStorage<Connection> {
  return once("storage.seat", () => new AsyncLocalStorage());
}

/** Runs what begins a transaction of Prisma's: it becomes part of the one on `connection`, which somebody else ends. */
export function seated<T>(connection: Connection, begin: () => Promise<T>): Promise<T> {
  return seat().run(connection, begin);
}

/** Prisma's adapter over a pool of ours. */
export class SeatingAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const taken = seat().getStore();
      return await (taken ? takePart(taken) : start(level));
    };
    return adapter;
  }
}

async function takePart(connection: Connection) {
  const adapter = await new PrismaPg(new OneConnection(connection)).connect();
  const transaction = await adapter.startTransaction();
  // Prisma is to say neither COMMIT nor ROLLBACK.
  return Object.assign(transaction, { options: { usePhantomQuery: true } });
}

/** A pool that lends a connection which has a transaction already, and does not get it back. */
class OneConnection extends pg.Pool {
  private readonly one: Connection;

  constructor(one: Connection) {
    super();
    this.one = one;
  }

  override connect(): Promise<pg.PoolClient> {
    const begun = { rows: [], fields: [], rowCount: 0 };
    const lent = {
      query: (config: pg.QueryConfig) =>
        config.text === "BEGIN" ? Promise.resolve(begun) : this.one.query(config),
      on: () => lent,
      removeListener: () => lent,
      release: () => undefined,
    };
    return Promise.resolve(lent as unknown as pg.PoolClient);
  }
}
