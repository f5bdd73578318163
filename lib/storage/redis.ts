import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { env } from "@/lib/env";
import { callWhenLate } from "@/lib/late";
import { log } from "@/lib/observability";
import { once } from "@/lib/once";

/** Redis did not answer, or the breaker knows that it would not. The caller goes on without it. */
export class RedisGone extends Error {
  override readonly name = "RedisGone";
}

type Gate = { client: Redis; openUntil: number; since: Date | null };
type Ear = { client: Redis; handlers: Map<string, Set<(message: Buffer) => void>> };

const COMMAND_MS = 500;
/** After this ioredis itself lets go of a command that we gave up long ago. */
const FORGET_MS = 10_000;
const PROBE_AFTER_MS = 2_000;

function make(name: string, url = env.REDIS_URL): Redis {
  const client = new Redis(url, {
    connectionName: `recollect:${name}`,
    commandTimeout: FORGET_MS,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  // Every failed command is told to its caller; without a listener ioredis would print them again.
  client.on("error", () => undefined);
  return client;
}

function gate(): Gate {
  return once("redis", () => ({ client: make("commands"), openUntil: 0, since: null }));
}

/**
 * Runs commands against Redis, or throws RedisGone.
 *
 * A stopped Redis costs its first caller at most 500 ms; then the breaker refuses at once and lets one caller probe
 * every 2 s.
 */
export async function withRedis<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
  const held = gate();
  if (held.openUntil > Date.now()) {
    throw new RedisGone("Redis is not answering");
  }
  if (held.openUntil > 0) {
    held.openUntil = Date.now() + PROBE_AFTER_MS;
  }
  try {
    gather(held.client);
    const answer = await inTime(run(held.client));
    close(held);
    return answer;
  } catch (error) {
    if (isReply(error)) {
      throw error;
    }
    open(held);
    throw new RedisGone("Redis is not answering", { cause: error });
  }
}

// What one round of the event loop asks goes out in one write: with hundreds of streams, writing was most of the cost.
function gather({ status, stream }: Redis): void {
  if (status === "ready" && stream.writableCorked === 0) {
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

function open(held: Gate): void {
  held.openUntil = Date.now() + PROBE_AFTER_MS;
  if (!held.since) {
    held.since = new Date();
    log.warn({ event: "redis_gone" });
  }
}

function close(held: Gate): void {
  held.openUntil = 0;
  if (held.since) {
    held.since = null;
    log.info({ event: "redis_back" });
  }
}

/** Since when Redis has been gone, or null while it answers. */
export function redisGoneSince(): Date | null {
  return gate().since;
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
  });
}

/** A connection of a command's own to a Redis. */
export type RedisLink = { withRedis: typeof withRedis; close: () => void };

/**
 * A connection for commands, to the installation's Redis or another one; opened by the first use. A customer must not
 * wait for Redis, a command may: no breaker, and ten seconds for each answer.
 */
export function openRedis(url?: string): RedisLink {
  let client: Redis | undefined;
  return {
    withRedis: async (run) => {
      client ??= make("command", url);
      await untilReady(client);
      return await run(client);
    },
    close: () => client?.disconnect(),
  };
}

// The first command would otherwise fail instead of waiting for the connection.
async function untilReady(client: Redis): Promise<void> {
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

/** Hears a channel over the process's one subscriber connection; re-subscribes by itself. Messages are hints: poll as well. */
export function listen(channel: string, handler: (message: Buffer) => void): () => void {
  const ear = once<Ear>("redis-ear", () => {
    const client = make("ear");
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

/** Lets the process end without a socket torn. */
export function closeRedis(): void {
  gate().client.disconnect();
}

export async function pingRedis(): Promise<void> {
  await withRedis((redis) => redis.ping());
}
