import { z } from "zod";
import type { SubjectKey } from "@/lib/privacy/schema";
import { evalScript, openRedis, type RedisLink, script } from "@/lib/storage";
import type { Carried, MoveSide } from "./move";
import { policy } from "./policy";
import type { SaveAnswer } from "./port";
import { openState, sealHead, sealTail } from "./store-redis";
import { conversationsOf, keysOf } from "./store-redis-keys";
import { SAVE } from "./store-redis-scripts";

/** KEYS memory tail. A whole memory with its sliding time to live and what is left of it, which reading leaves as it is. */
const READ = script(`
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return {} end
local h = redis.call('HMGET', KEYS[1], 'v', 's', 'n', 'h', 't')
if not (h[1] and h[2] and h[3] and h[4] and h[5]) then return {} end
local t = redis.call('TYPE', KEYS[2]).ok
if t ~= 'zset' and t ~= 'none' then return {} end
if redis.call('ZCARD', KEYS[2]) ~= tonumber(h[3]) then return {} end
return {h[1], h[2], h[4], h[5], tostring(redis.call('PTTL', KEYS[1])), redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')}
`);

const Part = z.instanceof(Buffer);
const Read = z.union([z.tuple([]), z.tuple([Part, Part, Part, Part, Part, z.array(Part)])]);

/** The installation's Redis, or another one in the same layout. */
export class RedisSide implements MoveSide {
  readonly name = "redis";
  private readonly link: RedisLink;

  constructor(url?: string) {
    this.link = openRedis(url);
  }

  async *listKeys(): AsyncIterable<string> {
    for await (const keys of this.link.scan({ match: "rc:{*}:memory" })) {
      yield* conversationsOf(keys);
    }
  }

  async exists(conversationId: string): Promise<boolean> {
    const [memory] = keysOf(conversationId);
    return (await this.link.withRedis((redis) => redis.exists(memory))) === 1;
  }

  async read(conversationId: string, owner: SubjectKey): Promise<Carried | null> {
    const [memory, tail] = keysOf(conversationId);
    const answer = Read.parse(await evalScript(READ, [memory, tail], [], this.link.withRedis));
    if (answer.length === 0) {
      return null;
    }
    const [version, lastSeq, head, ttl, left, messages] = answer;
    const stamp = { version: Number(version), lastSeq: Number(lastSeq) };
    return {
      state: openState(conversationId, owner, stamp, { head, tail: messages }),
      ttlSeconds: Number(ttl),
      // Below 0 Redis says that it never ends.
      remainingMs: Number(left) >= 0 ? Number(left) : null,
    };
  }

  async write(
    conversationId: string,
    owner: SubjectKey,
    { state, ttlSeconds, remainingMs }: Carried,
  ): Promise<SaveAnswer> {
    const { tail, version, lastSeq: _lastSeq, ...head } = state;
    const keys = keysOf(conversationId);
    const ttl = ttlSeconds ?? Math.ceil(policy.ttlHours * 3600);
    const sealed = sealHead(conversationId, owner, head, version);
    const newest = tail.at(-1)?.seq ?? head.coveredThrough;
    const args = [version, newest, ttl, sealed, ...sealTail(conversationId, owner, tail)];
    const answer = String(await evalScript(SAVE, keys, args, this.link.withRedis)) as SaveAnswer;
    if (answer === "saved" && remainingMs !== null) {
      const [memory, messages] = keys;
      await this.link.withRedis((redis) =>
        Promise.all([redis.pexpire(memory, remainingMs), redis.pexpire(messages, remainingMs)]),
      );
    }
    return answer;
  }

  close(): void {
    this.link.close();
  }
}
