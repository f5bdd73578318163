import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { Prisma, PrismaClient } from "./generated/client";
import type { Tx } from "./schema";

type Client = Prisma.TransactionClient;

function client(): PrismaClient {
  return once("prisma", () => {
    const adapter = new PrismaPg({
      connectionString: env.DATABASE_URL,
      max: env.DATABASE_POOL_MAX,
      // Also the wait for a free connection: a burst waits rather than fails, and who is gone refuses at once.
      connectionTimeoutMillis: 8_000,
      idleTimeoutMillis: 30_000,
      // A statement that hangs holds a lock that others wait for, and so does a process that is frozen between two.
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 8_000,
      application_name: "recollect",
    });
    return new PrismaClient({ adapter });
  });
}

/** The record: every model, inside `tx` when one is given. */
export function db(tx?: Tx): Client {
  return tx ? (tx as unknown as Client) : client();
}

type TransactOptions = { serializable?: boolean; timeoutMs?: number };

/** Runs everything or nothing. A deadlock or serialization failure is run again, three times at most. */
export async function transact<T>(
  run: (tx: Tx) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client().$transaction((inner) => run(inner as unknown as Tx), {
        timeout: options.timeoutMs ?? 10_000,
        maxWait: 8_000,
        // The server's own level otherwise: naming it would cost every transaction one more statement.
        ...(options.serializable && { isolationLevel: "Serializable" as const }),
      });
    } catch (error) {
      if (attempt >= 3 || !isWorthRetrying(error)) {
        throw error;
      }
    }
  }
}

// Prisma's code for a write conflict or deadlock, and PostgreSQL's own where raw SQL met it.
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    return false;
  }
  return (
    error.code === "P2034" ||
    /\b(40001|40P01)\b/.test(String(error.meta?.["code"] ?? error.message))
  );
}

const AWAY =
  /\b(P1001|P1002|P1008|P1017|P2024|P2028|57P0[123]|08[0-9A-Z]{3}|ECONNREFUSED|ECONNRESET|EPIPE)\b|terminat|not queryable|timeout exceeded|reach database/;

/**
 * True when the error says that PostgreSQL was out of reach: stopped, starting, or the connection broke off. Whether a
 * commit that was on its way took place is then not known.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = "code" in error ? String(error.code) : "";
  return AWAY.test(`${code} ${error.message}`) || isAway(error.cause);
}

/** True when the error says that a unique index refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    return false;
  }
  return error.code === "P2002" || error.message.includes("23505");
}

/** Answers when PostgreSQL does; throws when it does not. */
export async function pingPostgres(): Promise<void> {
  await client().$queryRaw`SELECT 1`;
}

export async function closePostgres(): Promise<void> {
  await client().$disconnect();
}
