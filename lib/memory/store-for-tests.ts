import { newId } from "@/lib/id";
import { setMemoryMetadata } from "@/lib/memory";
import { createKey } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, redisGoneSince, transact, withRedis } from "@/lib/storage";
import type { MemoryStamp, RecordedMessage, SinceOf } from "./schema";

/** A customer with one conversation in PostgreSQL, for tests; its messages stand beside it as the record would read them. */
export class TestRecord {
  readonly conversationId = newId();
  readonly customerId = newId();
  messages: RecordedMessage[] = [];
  reads: number[] = [];
  private held: SubjectKey | undefined;

  static async make(): Promise<TestRecord> {
    const record = new TestRecord();
    record.held = await transact(async (tx) => {
      await db(tx).customer.create({ data: { id: record.customerId } });
      await db(tx).conversation.create({
        data: { id: record.conversationId, customerId: record.customerId },
      });
      return await createKey(record.customerId, tx);
    });
    return record;
  }

  get key(): SubjectKey {
    if (!this.held) {
      throw new Error("Made by TestRecord.make()");
    }
    return this.held;
  }

  /** Records messages, as a committed turn does. */
  async say(messages: readonly RecordedMessage[]): Promise<void> {
    this.messages.push(...messages);
    await db().conversation.update({
      where: { id: this.conversationId },
      data: { lastSeq: this.messages.at(-1)?.seq ?? 0 },
    });
  }

  /** What the statement that claims a turn would return. */
  async claim(): Promise<MemoryStamp> {
    const { lastSeq, memory } = await db().conversation.findUniqueOrThrow({
      where: { id: this.conversationId },
      select: { lastSeq: true, memory: { select: { version: true } } },
    });
    return { lastSeq, version: memory?.version ?? 0 };
  }

  readonly since: SinceOf = async (_conversation, _customer, seq, { limit }) => {
    this.reads.push(seq);
    return this.messages.filter((message) => message.seq > seq).slice(0, limit);
  };

  readonly sinceHere = (seq: number) =>
    this.since(this.conversationId, { id: this.customerId, keyEpoch: 1 }, seq, { limit: 1000 });

  /** A message that the record no longer tells, as its row says. */
  async forget(seq: number): Promise<void> {
    const { conversationId, customerId } = this;
    const nothing = new Uint8Array();
    await db().message.create({
      data: {
        id: newId(),
        ...{ conversationId, customerId, seq, role: "customer", tokens: 0 },
        ...{ bodySealed: nothing, bodyMac: nothing, forgottenAt: new Date() },
      },
    });
    this.messages = this.messages.filter((message) => message.seq !== seq);
  }

  /** The database is an older copy of itself, in which this was the row. */
  async putBack(row: Awaited<ReturnType<TestRecord["memoryRow"]>>): Promise<void> {
    const { conversationId } = this;
    await db().memory.deleteMany({ where: { conversationId } });
    await (row && db().memory.create({ data: row }));
  }

  memoryRow() {
    return db().memory.findUnique({ where: { conversationId: this.conversationId } });
  }

  foldRows() {
    return db().memoryFold.findMany({
      where: { conversationId: this.conversationId },
      orderBy: { id: "asc" },
    });
  }

  /** A turn that runs and has the seq of its answer reserved. */
  async startTurn({ answerSeq }: { answerSeq: number }): Promise<void> {
    const { conversationId, customerId } = this;
    const turn = { id: newId(), conversationId, customerId, generation: 1, throughSeq: 1 };
    await db().turn.create({ data: { ...turn, state: "running", answerSeq } });
  }

  async setState(state: "active" | "restricted" | "erasing"): Promise<void> {
    await db().customer.update({ where: { id: this.customerId }, data: { state } });
  }

  /** As a later version of the code might have written it. */
  async storeStrategy(strategy: string): Promise<void> {
    const { conversationId } = this;
    const data = { strategy, version: { increment: 1 } };
    await db().memory.update({ where: { conversationId }, data });
  }

  /** What was written down about this conversation, oldest first. */
  async auditRows(): Promise<Record<string, unknown>[]> {
    const rows = await db().auditOutbox.findMany({ orderBy: { id: "asc" } });
    return rows
      .map(({ metadata }) => metadata as Record<string, unknown>)
      .filter((each) => each["conversationId"] === this.conversationId);
  }

  async setMetadata(metadata: Record<string, unknown>): Promise<void> {
    await setMemoryMetadata(this.conversationId, this.key, metadata);
  }

  async dropMemoryRow(): Promise<void> {
    await db().memory.delete({ where: { conversationId: this.conversationId } });
  }

  /** The database was restored to a time when it knew no later message. */
  async putBackTo(lastSeq: number): Promise<void> {
    await db().conversation.update({ where: { id: this.conversationId }, data: { lastSeq } });
  }

  /** How many customers, conversations, memories and keys there are. */
  async countAll(): Promise<number[]> {
    return await Promise.all([
      db().customer.count(),
      db().conversation.count(),
      db().memory.count(),
      db().wrappedKey.count(),
    ]);
  }

  redisKey(part: "memory" | "tail" | "gone"): string {
    return `rc:{${this.conversationId}}:${part}`;
  }
}

/** What erasure does: the copies go, and a mark makes every later write come too late. */
export async function erase(conversationId: string): Promise<void> {
  const tag = `rc:{${conversationId}}`;
  await withRedis(async (redis) => {
    await redis.set(`${tag}:gone`, "1", "EX", 60);
    await redis.del(`${tag}:memory`, `${tag}:tail`);
  });
}

/** Direct access for tests that damage what Redis holds. */
export const testRedis = withRedis;
export const redisGone = redisGoneSince;

/** The copy of a conversation in Redis, which may be lost, or put back to what it was. */
export function copiesOf(conversationId: string) {
  const keys = ["memory", "tail"].map((part) => `rc:{${conversationId}}:${part}`);
  let kept: (Buffer | null)[] = [];
  const flush = () => withRedis((redis) => redis.del(...keys)).then(() => undefined);
  return {
    flush,
    remember: () =>
      withRedis(async (redis) => {
        kept = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
      }),
    putBack: async () => {
      await flush();
      await withRedis(async (redis) => {
        for (const [at, key] of keys.entries()) {
          const dump = kept[at];
          await (dump && redis.restore(key, 0, dump));
        }
      });
    },
    memoryVersion: async () =>
      (await db().memory.findUnique({ where: { conversationId } }))?.version ?? null,
  };
}
