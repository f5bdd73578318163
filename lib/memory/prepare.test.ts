import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asRedacted } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { chatted, said } from "./for-tests";
import { pageThrough } from "./page-through";
import type { FoldWrite, MemoryPort } from "./port";
import { type Ports, prepare } from "./prepare";
import type { MemoryHead, RecordedMessage, Since } from "./schema";
import { emptyState } from "./state";
import { ProcessMemory } from "./store-process";

const owner = { ownerId: "sarah", epoch: 1 } as SubjectKey;
const limits = { conversationsMax: 100, seconds: 3600 };

/** The record and two copies of it; `redis` may be gone. */
class World {
  messages: RecordedMessage[] = [];
  version = 0;
  isRedisGone = false;
  redis = new ProcessMemory(limits);
  process = new ProcessMemory(limits);
  head: MemoryHead = emptyState(new Date(0));
  page = 1000;

  isClosed = false;
  /** After so many readings it is closed. */
  readingsLeft = Number.POSITIVE_INFINITY;

  readonly since: Since = async (seq) => {
    this.readingsLeft -= 1;
    return this.isClosed || this.readingsLeft < 0
      ? []
      : this.messages.filter((message) => message.seq > seq).slice(0, this.page);
  };

  private get lastSeq(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  private ports(): Ports {
    const gone = () => Promise.reject(Object.assign(new Error("gone"), { name: "RedisGone" }));
    const fails = { load: gone, append: gone, save: gone, fold: gone, delete: gone };
    const record = (since: Since) =>
      ({
        load: async (
          _id: string,
          _owner: SubjectKey,
          { expect: to }: { expect: { lastSeq: number } },
        ) => {
          const tail = await pageThrough(since, this.head.coveredThrough, to.lastSeq);
          return {
            kind: "state",
            state: { ...this.head, version: this.version, lastSeq: to.lastSeq, tail },
          };
        },
      }) as unknown as MemoryPort;
    const redis = this.isRedisGone ? (fails as unknown as MemoryPort) : this.redis;
    return { redis, process: this.process, record };
  }

  prepare() {
    const stamp = { version: this.version, lastSeq: this.lastSeq };
    return prepare(
      { conversationId: "c", key: owner, expect: stamp, since: this.since },
      this.ports(),
    );
  }

  async append(from: number, ...ports: MemoryPort[]): Promise<void> {
    const messages = this.messages.filter(({ seq }) => seq > from);
    for (const port of ports) {
      await port.append("c", owner, { after: from, through: this.lastSeq, messages });
    }
  }

  /** Folds the oldest half in the record, and in the copies that are told. */
  async fold(...ports: MemoryPort[]): Promise<void> {
    const covered = this.messages[Math.floor(this.messages.length / 2)]?.seq ?? 0;
    const write: FoldWrite = {
      ...this.head,
      from: this.version,
      coveredThrough: Math.max(this.head.coveredThrough, covered),
      summary: asRedacted(`summary of ${covered}`),
    };
    for (const port of ports) {
      await port.fold("c", owner, write);
    }
    const { from: _from, ...head } = write;
    this.head = head;
    this.version += 1;
  }

  async expectTruth(): Promise<void> {
    const { state } = await this.prepare();
    expect(state).toMatchObject({
      version: this.version,
      lastSeq: this.lastSeq,
      summary: this.head.summary,
    });
    const tail = this.messages.filter(({ seq }) => seq > this.head.coveredThrough);
    expect(state.tail.map(({ seq }) => seq)).toEqual(tail.map(({ seq }) => seq));
  }
}

const steps: Record<string, (world: World) => Promise<void> | void> = {
  "both are told": async (world) => {
    const from = world.messages.at(-1)?.seq ?? 0;
    world.messages.push(...chatted(1, from + 1));
    await world.append(from, world.redis, world.process);
  },
  "nobody is told": (world) => {
    world.messages.push(said((world.messages.at(-1)?.seq ?? 0) + 2, "customer", "a gap before"));
  },
  "only this process is told": async (world) => {
    const from = world.messages.at(-1)?.seq ?? 0;
    world.messages.push(...chatted(1, from + 1));
    await world.append(from, world.process);
  },
  "a fold both hear of": (world) => world.fold(world.redis, world.process),
  "a fold nobody hears of": (world) => world.fold(),
  "a fold only Redis hears of": (world) => world.fold(world.redis),
  flush: (world) => world.redis.delete("c"),
  restart: (world) => world.process.delete("c"),
  "Redis goes": (world) => {
    world.isRedisGone = true;
  },
  "Redis comes back": (world) => {
    world.isRedisGone = false;
  },
  "the record answers in pages": (world) => {
    world.page = 2;
  },
  load: (world) => world.expectTruth(),
};

describe("preparing the memory of a turn", () => {
  test("gives the record's truth in whatever order things go wrong", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 40 }),
        async (names) => {
          const world = new World();
          for (const name of names) {
            await steps[name]?.(world);
          }
          await world.expectTruth();
        },
      ),
      { numRuns: 400 },
    );
  });

  test("without Redis reads what this process holds, and the record when it holds nothing", async () => {
    const world = new World();
    world.messages = chatted(3);
    await world.expectTruth();
    world.isRedisGone = true;
    await world.expectTruth();
    await world.process.delete("c");
    await world.expectTruth();
  });

  test("an answer that was reserved at its claim and came later is not lost", async () => {
    const world = new World();
    world.messages = [said(1, "customer", "first")];
    await world.expectTruth();
    world.messages = [said(1, "customer", "first"), said(3, "customer", "second")];
    world.messages.splice(1, 0, said(2, "assistant", "late"));
    await world.expectTruth();
  });

  test("a record that was closed to us between two pages is read again, not remembered as half of it", async () => {
    const world = new World();
    world.page = 2;
    for (const from of [0, 6]) {
      world.messages.push(...chatted(3, from + 1));
      world.readingsLeft = 2;
      expect((await world.prepare()).state.tail.length).toBeLessThan(world.messages.length);
      world.readingsLeft = Number.POSITIVE_INFINITY;
      await world.expectTruth();
    }
  });

  test("a record that was closed to us for a moment is read again, not remembered as empty", async () => {
    const world = new World();
    world.messages = chatted(3);
    world.isClosed = true;
    expect((await world.prepare()).state.tail).toEqual([]);
    world.isClosed = false;
    await world.expectTruth();
    world.messages.push(said(9, "customer", "more"));
    world.isClosed = true;
    await world.prepare();
    world.isClosed = false;
    await world.expectTruth();
  });
});
