import { AsyncLocalStorage } from "node:async_hooks";
import { hash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { once } from "@/lib/once";
import { Prisma } from "./generated/client";

type Client = Prisma.TransactionClient;
type Row = Record<string, unknown>;
/** The pool, or the one connection of a transaction. */
type Connection = Pick<pg.PoolClient, "query">;

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

/** `client`, with its `$queryRaw` and `$executeRaw` over `connection`. */
export function withDirectSql(client: Client, connection: Connection): Client {
  const direct: Record<string | symbol, unknown> = {
    $queryRaw: async (given: Given, ...values: unknown[]) =>
      (await run(connection, given, values)).rows,
    $executeRaw: async (given: Given, ...values: unknown[]) =>
      (await run(connection, given, values)).rowCount ?? 0,
  };
  return new Proxy(client, {
    get: (target, name) => direct[name] ?? Reflect.get(target, name, target),
  });
}

type Seat = { connection: Connection | null };

/** Where a transaction that begins puts its connection, for whoever began it. */
function seat(): AsyncLocalStorage<Seat> {
  return once("storage.seat", () => new AsyncLocalStorage());
}

/** Runs what begins a transaction. `connection()` is then that transaction's, and refuses once it is over. */
export function seated<T>(begin: (connection: () => Connection) => Promise<T>): Promise<T> {
  const held: Seat = { connection: null };
  return seat().run(held, () =>
    begin(() => {
      if (!held.connection) {
        throw new Error("A transaction began without a connection");
      }
      return held.connection;
    }),
  );
}

/** Prisma's adapter over a pool of ours, which tells whoever begins a transaction its connection. */
export class SeatingAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const transaction = await start(level);
      const held = seat().getStore();
      if (held) {
        held.connection = guarded(transaction as unknown as Transaction);
      }
      return transaction;
    };
    return adapter;
  }
}

/** What Prisma's adapter makes: its connection goes back to the pool with `commit` or `rollback`. */
type Transaction = {
  client: Connection;
  commit: () => Promise<void>;
  rollback: () => Promise<void>;
};

// A statement that comes after the end must not run on a connection that is somebody else's by then.
function guarded(transaction: Transaction): Connection {
  let over = false;
  for (const end of ["commit", "rollback"] as const) {
    const before = transaction[end].bind(transaction);
    transaction[end] = () => {
      over = true;
      return before();
    };
  }
  const query = (config: pg.QueryConfig) =>
    over
      ? Promise.reject(new Error("The transaction of this statement is over"))
      : transaction.client.query(config);
  return { query } as Connection;
}
