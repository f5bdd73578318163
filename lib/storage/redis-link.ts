import { callWhenLate } from "@/lib/late";
import { commandClient, pingRedis, RedisGone, withRedis } from "./redis";
import { FORGET_MS, makeRedis, type RedisClient, serversOf } from "./redis-client";

const SCAN_COUNT = 500;

/** All keys that match, a page at a time, on every node; throws RedisGone when one of them cannot be asked. Never by KEYS. */
export async function* scanRedis(match: string): AsyncIterable<string[]> {
  await pingRedis();
  yield* scanServers(commandClient(), { match }, withRedis);
}

type Wanted = { match: string; type?: string };

async function* scanServers(
  client: RedisClient,
  { match, type }: Wanted,
  within: typeof withRedis,
): AsyncIterable<string[]> {
  const asked = ["MATCH", match, "COUNT", SCAN_COUNT, ...(type ? ["TYPE", type] : [])];
  for (const server of serversOf(client)) {
    let cursor = "0";
    do {
      if (!server) {
        throw new RedisGone("A node of the cluster is not answering");
      }
      const answer = await within(() => server.call("SCAN", cursor, ...asked));
      const [next, keys] = answer as [string, string[]];
      yield keys;
      cursor = next;
    } while (cursor !== "0");
  }
}

/** A connection of a command's own to a Redis. */
export type RedisLink = {
  withRedis: typeof withRedis;
  /** All keys that match, and are of the type where one is named, a page at a time, on every node. */
  scan: (wanted: Wanted) => AsyncIterable<string[]>;
  close: () => void;
};

/**
 * A connection for commands, to the installation's Redis or another one; opened by the first use. A customer must not
 * wait for Redis, a command may: no breaker, and ten seconds for each answer.
 */
export function openRedis(url?: string): RedisLink {
  let client: RedisClient | undefined;
  const connect = async () => {
    client ??= makeRedis("command", url);
    await untilReady(client);
    return client;
  };
  const within: typeof withRedis = async (run) => await run(await connect());
  return {
    withRedis: within,
    scan: async function* (wanted) {
      yield* scanServers(await connect(), wanted, within);
    },
    close: () => client?.disconnect(),
  };
}

// The first command would otherwise fail instead of waiting for the connection.
async function untilReady(client: RedisClient): Promise<void> {
  if (client.status === "ready") {
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const ready = () => {
      callOff();
      resolve();
    };
    const callOff = callWhenLate(FORGET_MS, () => {
      client.off("ready", ready);
      reject(new RedisGone("Redis is not answering"));
    });
    client.once("ready", ready);
  });
}
