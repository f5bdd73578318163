import pg from "pg";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { SeatingAdapter, withDirectSql } from "./direct";
import { type Prisma, PrismaClient } from "./generated/client";
import type { Tx } from "./schema";
import { inTransaction } from "./transaction";

type Client = Prisma.TransactionClient;

type Open = { pool: pg.Pool; prisma: PrismaClient; client: Client };

function desk(): { open: Open | null } {
  return once("postgres", () => ({ open: null }));
}

function opened(): Open {
  const held = desk();
  held.open ??= open();
  return held.open;
}

function open(): Open {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    // Also the wait for a free connection: a burst waits rather than fails, and who is gone refuses at once.
    connectionTimeoutMillis: 8_000,
    idleTimeoutMillis: 30_000,
    // A statement that hangs holds a lock that others wait for, and so does a process that is frozen between two.
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 8_000,
    application_name: "recollect",
    // What a transaction sends without waiting travels together.
    pipeline: true,
  });
  // One that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({ adapter: new SeatingAdapter(pool) });
  return { pool, prisma, client: withDirectSql(prisma, pool) };
}

/** The record: every model, inside `tx` when one is given. */
export function db(tx?: Tx): Client {
  return tx ? (tx as unknown as Client) : opened().client;
}

type TransactOptions = { serializable?: boolean; timeoutMs?: number };

/** Runs everything or nothing. A deadlock or serialization failure is run again, three times at most. */
export async function transact<T>(
  run: (tx: Tx) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(opened(), run, options);
    } catch (error) {
      if (attempt >= 3 || !isWorthRetrying(error)) {
        throw error;
      }
    }
  }
}

// Prisma's code for a write conflict or deadlock, and PostgreSQL's own where SQL of ours met it.
function isWorthRetrying(error: unknown): boolean {
  return ["P2034", "40001", "40P01"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const AWAY =
  /\b(P1001|P1002|P1008|P1017|P2024|P2028|57P0[123]|08[0-9A-Z]{3}|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN)\b|terminat|not queryable|timeout exceeded|reach database/;

/**
 * True when the error says that PostgreSQL was out of reach: stopped, starting, or the connection broke off. Whether a
 * commit that was on its way took place is then not known.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  return AWAY.test(`${codeOf(error)} ${error.message}`) || isAway(error.cause);
}

/** True when the error says that a unique index refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  return ["P2002", "23505"].includes(codeOf(error));
}

/** Answers when PostgreSQL does; throws when it does not. */
export async function pingPostgres(): Promise<void> {
  await db().$queryRaw`SELECT 1`;
}

export async function closePostgres(): Promise<void> {
  const { open } = desk();
  desk().open = null;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}
