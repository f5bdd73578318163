import { asRedacted } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { foldDown } from "./fold-memory";
import { said } from "./for-tests";
import type { FoldWrite, MemoryPort } from "./port";
import type { Ports } from "./prepare";
import { type Room, type Step, type Stores, textOf } from "./race-for-tests";
import type { MemoryHead, RecordedMessage, Since, Summarizer } from "./schema";
import { emptyState } from "./state";
import { ProcessMemory } from "./store-process";

type Accident = () => Promise<void> | void;
type Turn = { generation: number };
type Running = { generation: number; answerSeq: number | null };

const limits = { conversationsMax: 10, seconds: 3600 };
// One count of tokens serves all: the texts differ in their first word only.
const like = {
  customer: said(1, "customer", textOf("a1")),
  assistant: said(1, "assistant", textOf("r1")),
};

function spoken(seq: number, role: keyof typeof like, text: string): RecordedMessage {
  return { ...like[role], id: `message-${seq}`, seq, text: asRedacted(text) };
}

/** The record of one conversation, by its own rules: one turn at a time, its answer's seq reserved, generations fence. */
export class ModelRoom implements Room<Turn> {
  readonly conversationId = "c";
  readonly key = { ownerId: "sarah", epoch: 1 } as SubjectKey;
  private messages: RecordedMessage[] = [];
  private lastSeq = 0;
  private generation = 0;
  private running: Running | null = null;
  private isSuspected = false;
  private isPending = false;
  version = 0;
  private head: MemoryHead = emptyState(new Date(0));
  readonly rules = { oneFoldWins: true, claimEndsBeforeAnswer: true };
  /** What becomes of the next commit of a fold: taken, refused, or taken and its answer lost. */
  nextFold: "well" | "before" | "after" = "well";

  async send(text: string): Promise<void> {
    this.lastSeq += 1;
    this.messages.push(spoken(this.lastSeq, "customer", text));
    this.isPending = true;
  }

  async claim() {
    const taken = this.running && this.isSuspected ? this.running : null;
    if (!taken && (this.running || !this.isPending)) {
      return null;
    }
    this.generation += 1;
    const answerSeq = taken?.answerSeq ?? null;
    this.running = { generation: this.generation, answerSeq };
    this.isSuspected = false;
    this.isPending = taken ? this.isPending : false;
    const isOpen = answerSeq === null || !this.rules.claimEndsBeforeAnswer;
    const lastSeq = isOpen ? this.lastSeq : answerSeq - 1;
    return { turn: { generation: this.generation }, expect: { version: this.version, lastSeq } };
  }

  async start(turn: Turn, throughSeq: number) {
    const { running } = this;
    if (running?.generation !== turn.generation) {
      return null;
    }
    if (running.answerSeq === null) {
      this.isPending = false;
      if (this.lastSeq > throughSeq) {
        return { joinedThrough: this.lastSeq };
      }
      this.lastSeq += 1;
      running.answerSeq = this.lastSeq;
    }
    return { joinedThrough: null };
  }

  async commit(turn: Turn, text: string): Promise<number | null> {
    const seq = this.running?.answerSeq;
    if (this.running?.generation !== turn.generation || !seq) {
      return null;
    }
    this.running = null;
    this.messages.push(spoken(seq, "assistant", text));
    this.messages.sort((a, b) => a.seq - b.seq);
    return seq;
  }

  async suspect(): Promise<void> {
    this.isSuspected = this.running !== null;
  }

  async isHeld(turn: Turn): Promise<boolean> {
    return this.running?.generation === turn.generation;
  }

  readonly since: Since = async (seq) => this.messages.filter((message) => message.seq > seq);

  async recorded(): Promise<RecordedMessage[]> {
    return this.messages;
  }

  async fold({ redis, process }: Ports, summarize: Summarizer, step: Step): Promise<void> {
    const start = await step(() => this.foldStart());
    const authority = {
      fold: (_id: string, _owner: SubjectKey, write: FoldWrite) => step(() => this.decide(write)),
    };
    const keep = async () => undefined;
    const rest = { summarize, authority, copies: [redis, process], keep };
    await foldDown(this.conversationId, start, rest).catch((error: Error) => {
      if (error.message !== "PostgreSQL is away") {
        throw error;
      }
    });
  }

  record(since: Since): MemoryPort {
    const load: MemoryPort["load"] = async (_id, _owner, { expect } = {}) => {
      const { version, head } = this;
      const lastSeq = expect?.lastSeq ?? this.lastSeq;
      const read = await since(head.coveredThrough);
      const tail = read.filter(({ seq }) => seq <= lastSeq);
      return { kind: "state", state: { ...head, version, lastSeq, tail } };
    };
    return { name: "postgresql", load } as MemoryPort;
  }

  private async foldStart() {
    const { head, version } = this;
    const end = (this.running?.answerSeq ?? this.lastSeq + 1) - 1;
    const tail = this.messages.filter(({ seq }) => seq > head.coveredThrough && seq <= end);
    return { owner: this.key, head, version, tail };
  }

  private async decide({ from, ...head }: FoldWrite) {
    const luck = this.nextFold;
    this.nextFold = "well";
    if (luck === "before") {
      throw new Error("PostgreSQL is away");
    }
    if (from !== this.version && this.rules.oneFoldWins) {
      return "lost" as const;
    }
    if (head.coveredThrough <= this.head.coveredThrough) {
      throw new Error("Messages went to the summariser twice");
    }
    this.version += 1;
    this.head = head;
    if (luck === "after") {
      throw new Error("PostgreSQL is away");
    }
    return "folded" as const;
  }
}

/** A Redis that may be flushed, gone, or put back to what it held earlier. */
export class ModelRedis {
  private held = new ProcessMemory(limits);
  private older = new ProcessMemory(limits);
  private isGone = false;
  readonly port: MemoryPort = {
    name: "redis",
    load: (...given) => this.now().load(...given),
    append: (...given) => this.now().append(...given),
    save: (...given) => this.now().save(...given),
    fold: (...given) => this.now().fold(...given),
    delete: (...given) => this.now().delete(...given),
    exists: (...given) => this.now().exists(...given),
    listKeys: () => this.held.listKeys(),
  };

  flush(): void {
    this.held = new ProcessMemory(limits);
  }

  async remember(): Promise<void> {
    this.older = await copyOf(this.held);
  }

  async putBack(): Promise<void> {
    this.held = await copyOf(this.older);
  }

  goOrCome(): void {
    this.isGone = !this.isGone;
  }

  private now(): ProcessMemory {
    if (this.isGone) {
      throw Object.assign(new Error("gone"), { name: "RedisGone" });
    }
    return this.held;
  }
}

async function copyOf(from: ProcessMemory): Promise<ProcessMemory> {
  const copy = new ProcessMemory(limits);
  const owner = { ownerId: "sarah", epoch: 1 } as SubjectKey;
  const loaded = await from.load("c", owner);
  if (loaded.kind === "state") {
    await copy.save("c", owner, loaded.state);
  }
  return copy;
}

export type ModelWorld = {
  room: ModelRoom;
  redis: MemoryPort;
  stores: Stores;
  accidents: Accident[];
};

/** The model's stores, and what may befall them. */
export function modelWorld(): ModelWorld {
  const room = new ModelRoom();
  const redis = new ModelRedis();
  const { port } = redis;
  return {
    room,
    redis: port,
    stores: { redis: port, record: (since) => room.record(since) },
    accidents: [
      () => redis.flush(),
      () => redis.remember(),
      () => redis.putBack(),
      () => redis.goOrCome(),
      () => {
        room.nextFold = "before";
      },
      () => {
        room.nextFold = "after";
      },
    ],
  };
}
