import { readRecord } from "./agent/read-record";
import type { CustomerCaller } from "./auth/schema";
import { send } from "./conversation/for-tests";
import { claimTurn, commitTurn, startAnswer, sweepTurns } from "./conversation/index";
import type { ClaimedTurn } from "./conversation/schema";
import { expireLease, newCustomer, readTurns, said } from "./conversation/store-for-tests";
import { newId } from "./id";
import { countTokens } from "./memory/count-tokens";
import { fold } from "./memory/fold-memory";
import type { Ports } from "./memory/prepare";
import type { Room, Step } from "./memory/race-for-tests";
import type { Since, Summarizer } from "./memory/schema";
import { PostgresMemory } from "./memory/store-postgres";
import { keyOf } from "./privacy";
import type { SubjectKey } from "./privacy/schema";

/** One conversation by the product's own doors, for what befalls its memory. */
export class RealRoom implements Room<ClaimedTurn> {
  readonly conversationId: string;
  readonly key: SubjectKey;
  readonly ada: CustomerCaller;
  private readonly owner: { id: string; keyEpoch: number };

  private constructor(ada: CustomerCaller, conversationId: string, key: SubjectKey) {
    this.ada = ada;
    this.conversationId = conversationId;
    this.key = key;
    this.owner = { id: ada.id, keyEpoch: ada.keyEpoch };
  }

  static async make(): Promise<RealRoom> {
    return await RealRoom.enter(await newCustomer());
  }

  /** The same room from another process, where it has an id already. */
  static async enter(ada: CustomerCaller, conversationId: string = newId()): Promise<RealRoom> {
    return new RealRoom(ada, conversationId, await keyOf({ id: ada.id, keyEpoch: ada.keyEpoch }));
  }

  /** Question and answer, without a memory. */
  async talk(turns: number, textOf: (label: string) => string): Promise<void> {
    for (let n = 1; n <= turns; n += 1) {
      await this.send(textOf(`a${n}`));
      const claimed = await this.claim();
      if (claimed) {
        await this.start(claimed.turn, claimed.expect.lastSeq);
        await this.commit(claimed.turn, textOf(`b${n}`));
      }
    }
  }

  async send(text: string): Promise<void> {
    await send(this.ada, this.conversationId, text);
  }

  async claim() {
    const free = await sweepTurns(1_000);
    const turns = await this.turns();
    const mine = turns.find(({ id }) => free.includes(id));
    const turn = mine ? await claimTurn(newId(), mine.id) : null;
    if (!turn) {
      return null;
    }
    const complete = Math.min(turn.lastSeq, (turn.answerSeq ?? Number.POSITIVE_INFINITY) - 1);
    const lastSeq = Math.max(complete, turn.throughSeq);
    return { turn, expect: { version: turn.memoryVersion, lastSeq } };
  }

  async start(turn: ClaimedTurn, throughSeq: number) {
    const started = await startAnswer(turn, throughSeq);
    if (!started.held) {
      return null;
    }
    return { joinedThrough: started.begun ? null : started.throughSeq };
  }

  async commit(turn: ClaimedTurn, text: string): Promise<number | null> {
    const tokens = countTokens(text);
    const answer = { text: said(text), meta: { model: "offline" }, tokens };
    const { stored, message } = await commitTurn(turn, answer);
    return stored ? (message?.seq ?? null) : null;
  }

  async suspect(): Promise<void> {
    for (const turn of await this.turns()) {
      if (turn.state === "running") {
        await expireLease(turn);
      }
    }
  }

  async isHeld(turn: ClaimedTurn): Promise<boolean> {
    const turns = await this.turns();
    return turns.some(
      ({ id, state, generation }) =>
        id === turn.id && state === "running" && generation === turn.generation,
    );
  }

  readonly since: Since = (seq) => readRecord(this.conversationId, this.owner, seq);

  recorded() {
    return readRecord(this.conversationId, this.owner, 0, { limit: 1_000 });
  }

  async fold({ redis, process }: Ports, summarize: Summarizer, step: Step): Promise<void> {
    const authority = new PostgresMemory(readRecord);
    const decide: PostgresMemory["fold"] = (...given) => step(() => authority.fold(...given));
    await fold(
      this.conversationId,
      { summarize, since: (...given) => step(() => readRecord(...given)) },
      { authority: { fold: decide }, copies: [redis, process] },
    );
  }

  private turns() {
    return readTurns(this.conversationId);
  }
}
