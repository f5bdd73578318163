import { setTimeout as pause } from "node:timers/promises";
import { readRecord } from "@/lib/agent";
import { dropMemoryCopies, foldMemory, prepareMemory, rememberTurn } from "@/lib/memory";
import type { Since, Summarizer } from "@/lib/memory/schema";
import { asRedacted } from "@/lib/privacy";
import type { Contestant, Measure } from "./contestant";
import { type Sql, Talk } from "./record";
import type { RedisLine } from "./redis-line";
import { summary, Witness } from "./talk";

export type Ours = Contestant & {
  /** Histories that memory has never seen. */
  write(wish: { count: number; turns: number }): Promise<string[]>;
  /** How many messages are folded. */
  folded(wish: { id: string }): Promise<number>;
  /** Milliseconds until a memory is there of which neither this process nor Redis has anything. */
  rebuild(wish: { id: string }): Promise<number>;
  /** Milliseconds of loads with recall, one question each. */
  recall(wish: { id: string; count: number }): Promise<number[]>;
  /** Milliseconds of folds since it was last asked. */
  folds(wish: object): Promise<number[]>;
  /** Milliseconds of so many bare round trips to Redis, for comparison. */
  pings(wish: { count: number }): Promise<number[]>;
};

/** `readsRecord`: the question was accepted by another process, so a turn reads it from the record. */
type Given = { sql: Sql; redis: RedisLine; readsRecord: boolean };

/** Our memory as a turn uses it, through its own door, and its folds as the job behind the answers runs them. */
export function ours({ sql, redis, readsRecord }: Given): Ours {
  const talks = new Talks(sql);
  const witness = new Witness();
  const folding = new Folding(witness);
  const find = (id: string) => talks.find(id);
  const say = async (talk: Talk, count: number) => {
    for (let done = 0; done < count; done += 1) {
      await folding.after(talk, await turn(talk, readsRecord));
    }
  };
  return {
    open: ({ count, turns, talked = turns }) =>
      talks.begin(count, async (talk) => {
        await talk.write(turns - talked);
        await say(talk, talked);
      }),
    write: ({ count, turns }) => talks.begin(count, (talk) => talk.write(turns)),
    async measure({ order, slow, pauseMs }: Measure) {
      const ms: number[] = [];
      folding.slow = slow ?? null;
      for (const id of order) {
        const talk = find(id);
        const took = await turn(talk, readsRecord);
        ms.push(took.ms);
        const folded = folding.after(talk, took);
        // Without a pause the next question waits for the fold: a person takes longer than that.
        await (pauseMs ? pause(pauseMs) : folded);
      }
      await folding.done();
      folding.slow = null;
      return ms;
    },
    async together({ ids, turns }) {
      const began = performance.now();
      const talk = async (id: string) => {
        for (let done = 0; done < turns; done += 1) {
          void folding.after(find(id), await turn(find(id), readsRecord));
        }
      };
      await Promise.all(ids.map(talk));
      // The folds are behind the answers, but they are work of these turns.
      await folding.done();
      return { seconds: (performance.now() - began) / 1000, turns: ids.length * turns };
    },
    async storedBytes({ id }) {
      const keys = [`rc:{${id}}:memory`, `rc:{${id}}:tail`];
      return (await find(id).storedBytes()) + (await redis.bytesOf(...keys));
    },
    given: async ({ id }) => witness.told(id),
    // Its seqs have no gaps.
    folded: async ({ id }) => (await load(find(id))).memory.state.coveredThrough,
    rebuild: async ({ id }) => {
      await dropMemoryCopies(id);
      return (await load(find(id))).ms;
    },
    recall: ({ id, count }) => recall(find(id), count),
    folds: async () => folding.took.splice(0),
    pings: ({ count }) => pings(redis, count),
  };
}

class Talks {
  private readonly talks = new Map<string, Talk>();
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  find(id: string): Talk {
    const talk = this.talks.get(id);
    if (!talk) {
      throw new Error(`There is no conversation ${id}`);
    }
    return talk;
  }

  async begin(count: number, fill: (talk: Talk) => Promise<void>): Promise<string[]> {
    const begun: string[] = [];
    for (let made = 0; made < count; made += 1) {
      const talk = await Talk.begin(this.sql);
      this.talks.set(talk.id, talk);
      await fill(talk);
      begun.push(talk.id);
    }
    return begun;
  }
}

type Turn = { ms: number; needsFold: boolean };

/** One turn: what the agent does with memory is timed, what it does with the record and the model is not. */
async function turn(talk: Talk, readsRecord: boolean): Promise<Turn> {
  const { said, after, expect } = await talk.ask();
  const { id: conversationId, customer } = talk;
  const since: Since = async (seq) =>
    seq === after && !readsRecord
      ? [said]
      : await readRecord(conversationId, customer, seq, { limit: 1000 });
  const askedAt = performance.now();
  const key = await talk.key();
  const memory = await prepareMemory({ conversationId, key, expect, since, recall: false });
  memory.promptBlock();
  const loadedMs = performance.now() - askedAt;
  const answered = [await talk.answer()];
  const answeredAt = performance.now();
  await rememberTurn(conversationId, key, answered);
  const needsFold = memory.needsFold(answered);
  return { ms: loadedMs + performance.now() - answeredAt, needsFold };
}

/** The folds behind the answers: one at a time for each conversation, as the queue has it. */
class Folding {
  slow: { ids: string[]; ms: number } | null = null;
  readonly took: number[] = [];
  private readonly running = new Map<string, Promise<void>>();
  private readonly witness: Witness;

  constructor(witness: Witness) {
    this.witness = witness;
  }

  async after(talk: Talk, { needsFold }: Turn): Promise<void> {
    const { id } = talk;
    if (needsFold && !this.running.has(id)) {
      const run = this.fold(id).finally(() => this.running.delete(id));
      this.running.set(id, run);
      await run;
    }
  }

  async done(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async fold(id: string): Promise<void> {
    const began = performance.now();
    const { failure } = await foldMemory(id, { summarize: this.summarizer(id), since: readRecord });
    if (failure) {
      throw new Error(`A fold failed: ${failure}`);
    }
    this.took.push(performance.now() - began);
  }

  private summarizer(id: string): Summarizer {
    return async (previous, lines) => {
      this.witness.note(id, [previous ?? "", ...lines.map(({ text }) => text)].join("\n"));
      if (this.slow?.ids.includes(id)) {
        await pause(this.slow.ms);
      }
      return asRedacted(summary);
    };
  }
}

/** Nothing is new since the last answer: the memory alone. */
async function load(talk: Talk, recalling = false) {
  const expect = await talk.stamp();
  const { id: conversationId, customer } = talk;
  const since: Since = (seq) => readRecord(conversationId, customer, seq, { limit: 1000 });
  const began = performance.now();
  const key = await talk.key();
  const memory = await prepareMemory({ conversationId, key, expect, since, recall: recalling });
  return { memory, ms: performance.now() - began };
}

const INDEX_WAIT_MS = 60_000;

async function recall(talk: Talk, count: number): Promise<number[]> {
  const questionOf = (index: number) => `What did you write about order ORD-${100_000 + index}?`;
  // An index that is late goes on being built, so the first answers may be without one.
  for (const until = performance.now() + INDEX_WAIT_MS; performance.now() < until; ) {
    const { memory } = await load(talk, true);
    if (memory.touchedBy(questionOf(1)).length > 0) {
      break;
    }
    await pause(100);
  }
  const ms: number[] = [];
  for (let index = 1; index <= count; index += 1) {
    const { memory, ms: loadMs } = await load(talk, true);
    const began = performance.now();
    const { recalled } = memory.promptBlock(undefined, questionOf(index));
    ms.push(loadMs + performance.now() - began);
    if (recalled.length === 0) {
      throw new Error("Recall brought nothing back");
    }
  }
  return ms;
}

async function pings(redis: RedisLine, count: number): Promise<number[]> {
  const ms: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const began = performance.now();
    await redis.ask("PING");
    ms.push(performance.now() - began);
  }
  return ms;
}
