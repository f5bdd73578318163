import { asRedacted } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { Interleaver, type Mortal } from "./interleaver-for-tests";
import { type Ports, prepare } from "./prepare";
import { expectTruth } from "./race-truth-for-tests";
import { rememberTurn } from "./remember";
import type { MemoryStamp, RecordedMessage, Since, Summarizer } from "./schema";
import { ProcessMemory } from "./store-process";

/** A turn as its claim returned it. */
type Claimed<Turn> = { turn: Turn; expect: MemoryStamp };
type Run<T> = () => Promise<T> | T;
export type Step = <T>(run: Run<T>) => Promise<T>;

/** What the record does for one conversation: the real one, or a model of it. Each of its doings is one step. */
export type Room<Turn> = {
  readonly conversationId: string;
  readonly key: SubjectKey;
  send(text: string): Promise<void>;
  /** The turn that waits, or one whose runner is taken for dead; null when there is none. */
  claim(): Promise<Claimed<Turn> | null>;
  /**
   * Reserves the answer's seq, unless messages beyond `throughSeq` came in, which join the turn; null when it is somebody
   * else's by now.
   */
  start(turn: Turn, throughSeq: number): Promise<{ joinedThrough: number | null } | null>;
  /** Stores the answer; its seq, or null. */
  commit(turn: Turn, text: string): Promise<number | null>;
  /** Whoever runs a turn is taken for dead. */
  suspect(): Promise<void>;
  isHeld(turn: Turn): Promise<boolean>;
  readonly since: Since;
  recorded(): Promise<RecordedMessage[]>;
  fold(ports: Ports, summarize: Summarizer, step: Step): Promise<void>;
};

export type Plan = { seed: number; messages: number; rounds: number; accidents: number };
export type Stores = Pick<Ports, "redis" | "record">;

const WORDS = "about the tent and its colour ".repeat(12);
/** Opens with its own name, by which it is found again in a summary. */
export const textOf = (label: string) => `${label} ${WORDS}`;

/** A process of the product: it may die, and then another one begins with nothing at hand. */
class Runner implements Mortal {
  isDead = false;
  readonly process = new ProcessMemory({ conversationsMax: 100, seconds: 3600 });
}

/** Two tabs and two processes on one conversation, and what befalls them. */
export class Race<Turn> {
  private readonly interleaver: Interleaver;
  private readonly room: Room<Turn>;
  private readonly stores: Stores;
  private readonly accidents: Run<void>[];
  private readonly tabs: Mortal = { isDead: false };
  private readonly runners: [Runner, Runner] = [new Runner(), new Runner()];
  private readonly open = new Set<{ owner: Mortal }>();
  private fault: unknown = null;
  private answers = 0;

  constructor(seed: number, room: Room<Turn>, stores: Stores, accidents: Run<void>[]) {
    this.interleaver = new Interleaver(seed);
    this.room = room;
    this.stores = stores;
    this.accidents = [...accidents, () => this.kill(0), () => this.kill(1), () => room.suspect()];
  }

  /** Plays it to the end; then a fresh process answers what is left, and sees the whole truth. */
  async run({ messages, rounds, accidents }: Omit<Plan, "seed">): Promise<void> {
    for (const tab of ["a", "b"]) {
      this.begin(this.tabs, async (step) => {
        for (let n = 1; n <= messages; n += 1) {
          await step(() => this.room.send(textOf(`${tab}${n}`)));
        }
      });
    }
    for (const runner of this.runners) {
      this.work(runner, rounds);
    }
    this.begin(this.tabs, async (step) => {
      for (let n = 0; n < accidents; n += 1) {
        const at = this.interleaver.below(this.accidents.length);
        await step(() => this.accidents[at]?.());
      }
    });
    await this.play();
    await this.goOn();
  }

  /** One process answers and folds, and dies behind so many steps; then another goes on. False when it came to its end. */
  async dieAfter(stepsLeft: number): Promise<boolean> {
    const runner = Object.assign(new Runner(), { stepsLeft });
    this.runners[0] = runner;
    this.begin(runner, (step) => this.answer(runner, step, [runner]));
    await this.play();
    await this.goOn();
    return runner.isDead;
  }

  /** Another process goes on with what is left. What a fold made is seen by the turn after it. */
  async goOn(): Promise<void> {
    await this.room.suspect();
    for (const label of ["last", "very-last"]) {
      this.runners[0] = new Runner();
      const before = this.answers;
      await this.room.send(textOf(label));
      this.work(this.runners[0], 3);
      await this.play();
      if (this.answers === before) {
        throw new Error(`"${label}" was not answered`);
      }
    }
  }

  private async play(): Promise<void> {
    await this.interleaver.play(() => [...this.open].every(({ owner }) => owner.isDead));
    if (this.fault) {
      throw this.fault;
    }
  }

  private work(runner: Runner, rounds: number): void {
    this.begin(runner, async (step) => {
      for (let n = 0; n < rounds; n += 1) {
        await this.answer(runner, step);
      }
    });
  }

  private kill(at: 0 | 1): void {
    this.runners[at].isDead = true;
    this.runners[at] = new Runner();
    this.work(this.runners[at], 2);
  }

  private begin(owner: Mortal, run: (step: Step) => Promise<void>): void {
    const task = { owner };
    this.open.add(task);
    run((what) => this.interleaver.step(owner, what))
      .catch((error: unknown) => {
        this.fault ??= error;
      })
      .finally(() => this.open.delete(task));
  }

  private portsOf(owner: Runner): Ports {
    const { redis, record } = this.stores;
    // Reading the record is a step already.
    return { redis: this.interleaver.stepped(owner, redis), process: owner.process, record };
  }

  /** One turn as the agent does it, and now and then a fold behind it. */
  private async answer(runner: Runner, step: Step, folders?: Runner[]): Promise<void> {
    const { room } = this;
    const claimed = await step(() => room.claim());
    if (!claimed) {
      return;
    }
    const { turn } = claimed;
    const { memory, isBegun } = await this.begun(runner, step, claimed);
    this.answers += 1;
    const text = textOf(`r${this.answers}`);
    const seq = isBegun ? await step(() => room.commit(turn, text)) : null;
    if (seq === null) {
      return;
    }
    const recorded = await step(() => room.since(memory.stamp.lastSeq));
    const said = recorded.filter((message) => message.seq <= seq);
    await rememberTurn(room.conversationId, room.key, said, {}, this.portsOf(runner));
    if (memory.needsFold(said)) {
      for (const folder of folders ?? this.folders()) {
        this.fold(folder);
      }
    }
  }

  /** A job is done by whoever comes first, and sometimes by two. */
  private folders(): Runner[] {
    const [one, other] = this.runners;
    return [[one], [other], [one, other]][this.interleaver.below(3)] ?? [];
  }

  /** The memory as of the start of the answer: what was said before it joins the turn. */
  private async begun(runner: Runner, step: Step, { turn, expect }: Claimed<Turn>) {
    let lastSeq = expect.lastSeq;
    for (;;) {
      const through = lastSeq;
      const memory = await this.load(runner, step, { turn, expect: { ...expect, lastSeq } });
      const started = await step(() => this.room.start(turn, through));
      if (!started?.joinedThrough) {
        return { memory, isBegun: started !== null };
      }
      lastSeq = started.joinedThrough;
    }
  }

  private async load(runner: Runner, step: Step, { turn, expect }: Claimed<Turn>) {
    const { room } = this;
    const { conversationId, key } = room;
    const since: Since = (seq) => step(() => room.since(seq));
    const memory = await prepare({ conversationId, key, expect, since }, this.portsOf(runner));
    // Who was overtaken answers nobody any more, and may see the record of another moment.
    if (await room.isHeld(turn)) {
      expectTruth(memory, expect.lastSeq, await room.recorded());
    }
    return memory;
  }

  private fold(runner: Runner): void {
    this.begin(runner, async (step) => {
      const summarize: Summarizer = (...given) => step(() => this.list(...given));
      await this.room.fold(this.portsOf(runner), summarize, step);
    });
  }

  /** Lists what it was told, so that a summary says exactly what it stands for; fails now and then, or is empty. */
  private list: Summarizer = async (previous, lines) => {
    const luck = this.interleaver.below(8);
    if (luck === 0) {
      throw new Error("the model is down");
    }
    const labels = lines.map(({ text }) => text.split(" ", 1)[0]);
    return asRedacted(luck === 1 ? " " : [previous ?? "", ...labels].join(" ").trim());
  };
}
