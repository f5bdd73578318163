import { expect } from "vitest";
import type { CustomerCaller, StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { send } from "./for-tests";
import {
  cancelTurn,
  checkpointTurn,
  claimTurn,
  commitTurn,
  failTurn,
  handBack,
  heartbeatTurn,
  interruptTurn,
  releaseTurn,
  requestPerson,
  retryAnswer,
  startAnswer,
  takeOver,
} from "./index";
import type { ClaimedTurn } from "./schema";
import { appendEvent } from "./store-events";
import { expireLease, said } from "./store-for-tests";
import { readWorld, shownWorld } from "./store-replay-for-tests";
import { step } from "./turn-model";
import { choices } from "./turn-model-choices";
import { claimable } from "./turn-model-runs";
import {
  beginning,
  type Command,
  isActive,
  type Left,
  type Run,
  type RunDeed,
  type World,
} from "./turn-model-world";

type OfPeople = Exclude<Command, { run: number }>["do"];
type OfRunner = Extract<Command, { run: number }>;

/** A conversation of the model beside one in PostgreSQL, both taken through the same commands. */
export class Twin {
  readonly way: string[] = [];
  readonly #ada: CustomerCaller;
  readonly #mara: StaffCaller;
  readonly #conversation = newId();
  readonly #held: (ClaimedTurn | null)[] = [null, null];
  #world: World;
  #ids: string[] = [];

  constructor(ada: CustomerCaller, mara: StaffCaller, left: Left) {
    this.#ada = ada;
    this.#mara = mara;
    this.#world = beginning(left);
  }

  /** One of the commands that the model has now. The sweep is everybody's, and comes by itself. */
  async go(choice: number): Promise<void> {
    const began = this.#world.lastSeq > 0;
    const may = choices(this.#world).filter(({ do: what }) =>
      began ? what !== "sweep" && what !== "ring" : what === "send",
    );
    const command = may[choice % Math.max(1, may.length)];
    if (command) {
      await this.take(command);
    }
    if (choice % 5 === 0) {
      await this.#refuseOthers();
    }
  }

  /** Takes both through a command, and holds the door's answer and the rows to the model. */
  async take(command: Command): Promise<void> {
    this.way.push("run" in command ? `${command.do} ${command.run}` : command.do);
    const before = this.#world;
    const after = step(before, command);
    if ("run" in command) {
      const answer = await this.#runner(command, before);
      expect([this.way, answer]).toEqual([this.way, expected(command, before, after)]);
    } else {
      await this.#people(command.do);
    }
    // Every change of the generation rings the log.
    this.#world = step(after, { do: "ring" });
    if (this.#world.lastSeq > 0) {
      const { ids, world } = await readWorld(this.#ada, this.#conversation);
      this.#ids = ids;
      expect([this.way, world]).toEqual([this.way, shownWorld(this.#world)]);
    }
  }

  async #people(what: OfPeople): Promise<unknown> {
    const [id, ada, mara] = [this.#conversation, this.#ada, this.#mara];
    switch (what) {
      case "send":
        return await send(ada, id, `message ${this.#world.lastSeq}`);
      case "takeOver":
        return await takeOver(mara, id);
      case "handBack":
        return await handBack(mara, id);
      case "ask":
        return await requestPerson(ada, id, "customer_asked");
      case "cancel":
        return await cancelTurn(ada, id);
      case "retry":
        return await retryAnswer(ada, id);
      case "expire": {
        const running = this.#world.turns.findIndex(({ state }) => state === "running");
        return await expireLease({ id: this.#ids[running] ?? "" });
      }
      case "sweep":
      case "ring":
        return;
    }
  }

  async #runner({ do: what, run }: OfRunner, before: World): Promise<unknown> {
    if (what === "claim") {
      // One process, so that nothing but the generation tells its runs apart.
      const turn = await claimTurn("one process", this.#ids[claimable(before)]);
      this.#held[run] = turn;
      return turn?.generation;
    }
    const turn = this.#held[run];
    const memory = before.runs[run];
    return turn && memory && what !== "crash" ? await enter(what, turn, memory) : undefined;
  }

  /** What the model cannot claim, the door does not give. */
  async #refuseOthers(): Promise<void> {
    const active = this.#world.turns.findIndex(isActive);
    const id = this.#ids[active];
    if (id && claimable(this.#world) !== active) {
      expect(await claimTurn("another", id)).toBeNull();
    }
  }
}

/** Enters a door with what the runner remembers; the answer is whether it was let in. */
async function enter(
  what: Exclude<RunDeed, "claim" | "crash">,
  turn: ClaimedTurn,
  { said: words, throughSeq }: Run,
): Promise<unknown> {
  const text = said(words);
  switch (what) {
    case "start":
      return (await startAnswer(turn, throughSeq)).held;
    case "say":
      return await appendEvent(turn, { type: "delta", turn: turn.id, offset: 0, text: "word" });
    case "keep":
      return (await checkpointTurn(turn, text)).held;
    case "beat":
      return (await heartbeatTurn(turn)).held;
    case "commit":
      return (await commitTurn(turn, { text: said(`${words}!`), meta: {}, tokens: 1 })).stored;
    case "stop":
      return (await interruptTurn(turn, text, "cancelled")).stored;
    case "fail":
      return words === ""
        ? (await failTurn(turn, "unreachable")).stored
        : (await interruptTurn(turn, text, "cut_off")).stored;
    case "release":
      return await releaseTurn(turn);
  }
}

function expected({ do: what, run }: OfRunner, before: World, after: World): unknown {
  const memory = before.runs[run];
  if (what === "crash" || what === "release" || !memory) {
    return;
  }
  if (what === "claim") {
    return after.runs[run]?.generation;
  }
  if (what === "say") {
    return before.log === after.log ? "stale" : "ok";
  }
  const turn = before.turns[memory.turn];
  const current = turn?.generation === memory.generation && before.generation === turn.generation;
  return current && turn.state === "running" && before.owner === "AI";
}
