import type pg from "pg";
import { type Connection, lateClient, seated } from "./direct";
import type { Prisma, PrismaClient } from "./generated/client";
import type { Tx } from "./schema";

type Clients = { pool: pg.Pool; prisma: PrismaClient };
type Options = { serializable?: boolean; timeoutMs?: number };

/** A statement came after its transaction's end, or that took too long. Under Prisma's code for both. */
class TransactionOver extends Error {
  override readonly name = "TransactionOver";
  readonly code = "P2028";
}

/**
 * One transaction on one connection of the pool. Prisma takes part from the first model that is asked for; without it a
 * transaction costs a process a quarter of a millisecond less (measured).
 *
 * The first statement goes out right behind BEGIN, and what `run` sends without waiting travels together.
 */
export async function inTransaction<T>(
  { pool, prisma }: Clients,
  run: (tx: Tx) => Promise<T>,
  { serializable = false, timeoutMs = 10_000 }: Options,
): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  // One that breaks while it is ours fails its statement; without a listener it would end the process.
  connection.on("error", onError);
  const held = hold(connection, timeoutMs);
  const guests = hostPrisma(prisma, held.connection, timeoutMs);
  const tx = lateClient(held.connection, guests.join) as unknown as Tx;
  try {
    const begun = connection.query(serializable ? "BEGIN ISOLATION LEVEL SERIALIZABLE" : "BEGIN");
    const [result] = await Promise.all([run(tx), begun]);
    await held.commit();
    return result;
  } catch (error) {
    await held.rollback().catch(onError);
    throw error;
  } finally {
    guests.leave();
    connection.removeListener("error", onError);
    connection.release(broken);
  }
}

/** The connection until its transaction's end: what comes later must not run on one that is somebody else's by then. */
function hold(connection: pg.PoolClient, timeoutMs: number) {
  let over = "";
  let late: Promise<unknown> = Promise.resolve();
  const timer = setTimeout(() => {
    over = `The transaction took longer than ${timeoutMs} ms`;
    // Whoever runs it may hang; its locks are given back all the same.
    late = connection.query("ROLLBACK");
    late.catch(() => undefined);
  }, timeoutMs);
  const end = (why: string) => {
    clearTimeout(timer);
    over ||= why;
  };
  const query = (config: pg.QueryConfig) =>
    over ? Promise.reject(new TransactionOver(over)) : connection.query(config);
  return {
    connection: { query } as Connection,
    async commit() {
      if (over) {
        throw new TransactionOver(over);
      }
      end("The transaction of this statement is over");
      const { command } = await connection.query("COMMIT");
      if (command !== "COMMIT") {
        throw new Error("A statement of the transaction had failed, so that nothing was stored");
      }
    },
    async rollback() {
      end("The transaction of this statement is over");
      await late;
      await connection.query("ROLLBACK");
    },
  };
}

/** Lets Prisma into a transaction of ours, once it is needed. */
function hostPrisma(prisma: PrismaClient, connection: Connection, timeoutMs: number) {
  let joined: Promise<Prisma.TransactionClient> | null = null;
  let leave: () => void = () => undefined;
  const join = () =>
    new Promise<Prisma.TransactionClient>((resolve, reject) => {
      const over = new Promise<void>((end) => {
        leave = end;
      });
      seated(connection, () =>
        prisma.$transaction(
          (client) => {
            resolve(client);
            return over;
          },
          { timeout: timeoutMs * 2, maxWait: timeoutMs },
        ),
      ).catch(reject);
    });
  return {
    join: () => {
      joined ??= join();
      return joined;
    },
    leave: () => leave(),
  };
}
