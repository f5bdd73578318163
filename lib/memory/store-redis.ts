import { z } from "zod";
import { env } from "@/lib/env";
import type { SubjectKey } from "@/lib/privacy/schema";
import { evalScript, scanRedis, withRedis } from "@/lib/storage";
import { openValue, requireWhole, sealValue } from "./envelope";
import { MemoryDebugCallback } from "./memory-debug-callback";
import { policy } from "./policy";
import type {
  Append,
  AppendAnswer,
  FoldAnswer,
  FoldWrite,
  Loaded,
  MemoryPort,
  SaveAnswer,
} from "./port";
import { MemoryHead, type MemoryStamp, type MemoryState, RecordedMessage } from "./schema";
import { lastChange } from "./state";
import { conversationsOf, keysOf } from "./store-redis-keys";
import { APPEND, FOLD, LOAD, SAVE } from "./store-redis-scripts";

const Scored = z.array(z.instanceof(Buffer));
const Answer = z.union([
  z.tuple([z.instanceof(Buffer)]),
  z.tuple([z.instanceof(Buffer), z.instanceof(Buffer), Scored]),
  z.tuple([
    z.instanceof(Buffer),
    z.instanceof(Buffer),
    z.instanceof(Buffer),
    z.instanceof(Buffer),
    Scored,
  ]),
]);

type SaveOptions = { ttlHours?: number | undefined };

/**
 * The copy that a turn reads: one round trip, sealed under the customer's key, gone after 24 hours without use.
 *
 * It is stamped with the seq of the newest message that it holds, and not with what a writer has seen beyond that: so a
 * stamp that says anything else is none of ours.
 */
export class RedisMemory implements MemoryPort {
  readonly name = "redis";

  async load(
    conversationId: string,
    owner: SubjectKey,
    options: { known?: MemoryStamp | undefined } = {},
  ): Promise<Loaded> {
    const { known } = options;
    const args = [known?.version ?? -1, known?.lastSeq ?? -1];
    const answer = Answer.parse(await evalScript(LOAD, keysOf(conversationId), args));
    if (answer.length === 5) {
      const [, version, lastSeq, head, tail] = answer;
      const stamp = { version: Number(version), lastSeq: Number(lastSeq) };
      return { kind: "state", state: openState(conversationId, owner, stamp, { head, tail }) };
    }
    if (answer.length === 3) {
      const [, lastSeq, tail] = answer;
      return {
        kind: "difference",
        lastSeq: Number(lastSeq),
        messages: requireWhole(openTail(conversationId, owner, tail), {
          after: known?.lastSeq ?? 0,
          through: Number(lastSeq),
        }),
      };
    }
    return { kind: answer[0].toString() === "unchanged" ? "unchanged" : "miss" };
  }

  async append(
    conversationId: string,
    owner: SubjectKey,
    { after, messages }: Append,
    options: SaveOptions = {},
  ): Promise<AppendAnswer> {
    const tail = sealTail(conversationId, owner, messages);
    const ttl = options.ttlHours ? ttlSeconds(options) : "";
    const args = [after, messages.at(-1)?.seq ?? after, ttl, ...tail];
    tellBytes(conversationId, args);
    const answer = await evalScript(APPEND, keysOf(conversationId), args);
    return String(answer) as AppendAnswer;
  }

  async save(
    conversationId: string,
    owner: SubjectKey,
    state: MemoryState,
    options: SaveOptions = {},
  ): Promise<SaveAnswer> {
    const { tail, version, lastSeq: _lastSeq, ...head } = state;
    const args = [
      version,
      tail.at(-1)?.seq ?? head.coveredThrough,
      ttlSeconds(options),
      sealHead(conversationId, owner, head, version),
      ...sealTail(conversationId, owner, tail),
    ];
    tellBytes(conversationId, args);
    const answer = await evalScript(SAVE, keysOf(conversationId), args);
    return String(answer) as SaveAnswer;
  }

  async fold(conversationId: string, owner: SubjectKey, fold: FoldWrite): Promise<FoldAnswer> {
    const { from, ...head } = fold;
    const args = [from, fold.coveredThrough, sealHead(conversationId, owner, head, from + 1)];
    tellBytes(conversationId, args);
    const answer = await evalScript(FOLD, keysOf(conversationId), args);
    return String(answer) as FoldAnswer;
  }

  async delete(conversationId: string): Promise<void> {
    const [memory, tail] = keysOf(conversationId);
    await withRedis((redis) => redis.del(memory, tail), memory);
  }

  async exists(conversationId: string): Promise<boolean> {
    const [memory] = keysOf(conversationId);
    return (await withRedis((redis) => redis.exists(memory), memory)) === 1;
  }

  async *listKeys(): AsyncIterable<string> {
    for await (const keys of scanRedis("rc:{*}:memory")) {
      yield* conversationsOf(keys);
    }
  }
}

function ttlSeconds({ ttlHours }: SaveOptions): number {
  return Math.max(1, Math.ceil((ttlHours ?? policy.ttlHours) * 3600));
}

/** With MEMORY_DEBUG=1: how much is written, never what. */
function tellBytes(conversationId: string, args: readonly (string | number | Buffer)[]): void {
  if (env.MEMORY_DEBUG) {
    const bytes = args.reduce<number>(
      (sum, arg) => sum + (Buffer.isBuffer(arg) ? arg.length : 0),
      0,
    );
    new MemoryDebugCallback().handleMemorySave(conversationId, bytes);
  }
}

function place(conversationId: string, column: string) {
  return { table: "redis.memory", row: conversationId, column };
}

// The version is part of the place, so that a head cannot stand for a newer one.
function headPlace(conversationId: string, version: number) {
  return place(conversationId, `head.${version}`);
}

export function sealHead(
  conversationId: string,
  owner: SubjectKey,
  head: MemoryHead,
  version: number,
): Buffer {
  return sealValue(owner, headPlace(conversationId, version), head);
}

/** A whole memory, as its sealed parts lie in Redis. */
export function openState(
  conversationId: string,
  owner: SubjectKey,
  stamp: MemoryStamp,
  sealed: { head: Buffer; tail: readonly Buffer[] },
): MemoryState {
  const place = headPlace(conversationId, stamp.version);
  const head = MemoryHead.parse(openValue(owner, place, sealed.head));
  const tail = requireWhole(openTail(conversationId, owner, sealed.tail), {
    after: head.coveredThrough,
    through: stamp.lastSeq,
  });
  return { ...head, ...stamp, updatedAt: lastChange(head.updatedAt, tail), tail };
}

// The seq is part of the place, so that one message cannot stand for another.
export function sealTail(
  conversationId: string,
  owner: SubjectKey,
  messages: readonly RecordedMessage[],
) {
  return messages.flatMap((message) => [
    message.seq,
    sealValue(owner, place(conversationId, `message.${message.seq}`), message),
  ]);
}

function openTail(
  conversationId: string,
  owner: SubjectKey,
  scored: readonly Buffer[],
): RecordedMessage[] {
  const messages: RecordedMessage[] = [];
  for (let index = 0; index + 1 < scored.length; index += 2) {
    const seq = Number(scored[index + 1]);
    const sealed = scored[index];
    if (sealed) {
      const value = openValue(owner, place(conversationId, `message.${seq}`), sealed);
      messages.push(RecordedMessage.parse(value));
    }
  }
  return messages;
}
