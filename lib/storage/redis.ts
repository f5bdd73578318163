import { createHash } from "node:crypto";
import { Redis, type RedisCommander } from "ioredis";
import { callWhenLate } from "@/lib/late";
import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { Breaker } from "./redis-breaker";
import { makeRedis, nodeOf, type RedisClient } from "./redis-client";

/** Redis did not answer, or the breaker knows that it would not. The caller goes on without it. */
export class RedisGone extends Error {
  override readonly name = "RedisGone";
}

/** The client, and a breaker for each node that was asked: one for all where there is no cluster. */
type Gate = { client: RedisClient; breakers: Map<string, Breaker> };
type Ear = { client: RedisClient; handlers: Map<string, Set<(message: Buffer) => void>> };

const COMMAND_MS = 500;
const NO_KEY = "rc:probe";

function gate(): Gate {
  return once("redis", () => {
    const client = makeRedis("commands");
    const breakers: Gate["breakers"] = new Map();
    client.on("ready", () => {
      for (const breaker of breakers.values()) {
        void breaker.ask();
      }
    });
    return { client, breakers };
  });
}

function breakerOf({ client, breakers }: Gate, key: string | undefined): Breaker {
  const node = nodeOf(client, key);
  const known = breakers.get(node);
  if (known) {
    return known;
  }
  const breaker = new Breaker(() => answers(client, key ?? NO_KEY));
  breakers.set(node, breaker);
  return breaker;
}

/** Writes nothing where nothing is: a server that is full, read-only or loading refuses it, as it would the callers' writes. */
async function answers(client: RedisClient, key: string): Promise<boolean> {
  try {
    await inTime(client.setrange(key, 0, ""));
    return true;
  } catch (error) {
    return isReply(error);
  }
}

/**
 * Runs commands against Redis, or throws RedisGone. In a cluster, `key` says which node they go to.
 *
 * A stopped or frozen Redis costs those who ask it at that moment 500 ms at most; then the breaker refuses at once, until
 * Redis has answered a question of the breaker's own. Of a cluster only the node that is silent is refused.
 */
export async function withRedis<T>(
  run: (redis: RedisCommander) => Promise<T>,
  key?: string,
): Promise<T> {
  const held = gate();
  const breaker = breakerOf(held, key);
  if (breaker.since) {
    throw new RedisGone("Redis is not answering");
  }
  try {
    gather(held.client);
    return await inTime(run(held.client));
  } catch (error) {
    if (isReply(error)) {
      throw error;
    }
    breaker.open();
    throw new RedisGone("Redis is not answering", { cause: error });
  }
}

// What one round of the event loop asks goes out in one write: with hundreds of streams, writing was most of the cost.
function gather(client: RedisClient): void {
  if (client instanceof Redis && client.status === "ready" && client.stream.writableCorked === 0) {
    const { stream } = client;
    stream.cork();
    setImmediate(() => stream.uncork());
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = callWhenLate(COMMAND_MS, () => reject(new Error("No answer in time")));
    answer.then(resolve, reject).finally(callOff);
  });
}

// An error that Redis itself answered says that Redis is there. Loading, out of memory and read-only are no use to us.
function isReply(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "ReplyError" &&
    !/^(LOADING|OOM|READONLY|CLUSTERDOWN|MASTERDOWN|MISCONF)/.test(error.message)
  );
}

/** Since when Redis, or the first of its nodes, has been gone; null while all answer. */
export function redisGoneSince(): Date | null {
  const since = [...gate().breakers.values()].flatMap((breaker) => breaker.since ?? []);
  return since.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

export type Script = { readonly lua: string; readonly sha: string };

/** A Lua script, run by its hash. */
export function script(lua: string): Script {
  return { lua, sha: createHash("sha1").update(lua).digest("hex") };
}

/** Runs a script; strings come back as Buffers. A server that lost its script cache is given the text again. */
export function evalScript(
  { lua, sha }: Script,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
  within: typeof withRedis = withRedis,
): Promise<unknown> {
  return within(async (redis) => {
    const rest = [
      keys.length,
      ...keys,
      ...args.map((arg) => (typeof arg === "number" ? String(arg) : arg)),
    ];
    try {
      return await redis.callBuffer("EVALSHA", sha, ...rest);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("NOSCRIPT")) {
        return await redis.callBuffer("EVAL", lua, ...rest);
      }
      throw error;
    }
  }, keys[0]);
}

/** Hears a channel over the process's one subscriber connection; re-subscribes by itself. Messages are hints: poll as well. */
export function listen(channel: string, handler: (message: Buffer) => void): () => void {
  const ear = once<Ear>("redis-ear", () => {
    const client = makeRedis("ear");
    const handlers: Ear["handlers"] = new Map();
    client.on("messageBuffer", (from: Buffer, message: Buffer) => {
      for (const each of handlers.get(from.toString()) ?? []) {
        each(message);
      }
    });
    return { client, handlers };
  });
  const known = ear.handlers.get(channel) ?? new Set();
  ear.handlers.set(channel, known.add(handler));
  // While Redis is gone this fails; ioredis subscribes again on reconnect, and readers poll meanwhile.
  ear.client.subscribe(channel).catch((error: unknown) => {
    log.debug({ event: "redis_subscribe_failed", reason: String(error) });
  });
  return () => {
    known.delete(handler);
    if (known.size === 0 && ear.handlers.delete(channel)) {
      ear.client.unsubscribe(channel).catch((error: unknown) => {
        log.debug({ event: "redis_unsubscribe_failed", reason: String(error) });
      });
    }
  };
}

/** The process's client for commands, for what a single command cannot say. */
export function commandClient(): RedisClient {
  return gate().client;
}

/** Lets the process end without a socket torn. */
export function closeRedis(): void {
  gate().client.disconnect();
}

export async function pingRedis(): Promise<void> {
  await withRedis((redis) => redis.ping());
}
