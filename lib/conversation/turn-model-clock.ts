import { step } from "./turn-model";
import { choices } from "./turn-model-choices";
import { holderOf } from "./turn-model-people";
import { broken } from "./turn-model-promises";
import { claimable } from "./turn-model-runs";
import { type Command, isActive, type RunDeed, type World } from "./turn-model-world";
import { LEASE_SECONDS } from "./turn-rules";

const LEASE_MS = LEASE_SECONDS * 1_000;
const SWEEP_MS = 2_000;
const BEAT_MS = 900;
/** After the last act and fault, all must have come to rest within this. */
const REST_MS = 60_000;

/** What people do and what goes wrong, at which moment of a clock that only this simulation moves. */
export type Plan = {
  acts: {
    at: number;
    do: "send" | "takeOver" | "handBack" | "cancel";
    heard: boolean;
    by: number;
  }[];
  /** How long the model thinks and speaks, turn about. */
  model: { thinkMs: number; speakMs: number }[];
  freezes: { at: number; ms: number; process: number }[];
  crash: { at: number; process: number } | null;
  /** Whether claims reach the event log. */
  rings: boolean;
  sweepAt: number[];
};

type Happening = { at: number; process: number | null; token: number; run: (at: number) => void };
type Process = { frozenUntil: number; dead: boolean; token: number };

/** One run of a plan by processes that sweep, beat and lease as the real ones do. */
export class Simulation {
  world: World;
  complaint: string | null = null;
  /** Turns whose runner died, and when another runner had them. */
  readonly rescued: { diedAt: number; claimedAt: number }[] = [];
  readonly stopped: { askedAt: number; endedAt: number }[] = [];
  readonly #plan: Plan;
  readonly #see: (world: World) => void;
  readonly #processes: Process[];
  #happenings: Happening[] = [];
  #leaseUntil = 0;
  #calls = 0;
  #died: { at: number; turn: number } | null = null;
  #askedAt: number | null = null;

  constructor(start: World, plan: Plan, see: (world: World) => void) {
    this.world = start;
    this.#plan = plan;
    this.#see = see;
    this.#processes = start.runs.map(() => ({ frozenUntil: 0, dead: false, token: 0 }));
  }

  run(): void {
    const { acts, freezes, crash, sweepAt } = this.#plan;
    for (const act of acts) {
      this.#later(act.at, null, (at) => this.#act(at, act));
    }
    for (const { at, ms, process } of freezes) {
      this.#later(at, null, () => this.#freeze(process, at + ms));
    }
    if (crash) {
      this.#later(crash.at, null, (at) => this.#crash(at, crash.process));
    }
    for (const [n, at] of sweepAt.entries()) {
      this.#later(at, n, (now) => this.#sweep(now, n));
    }
    const last = Math.max(
      0,
      ...[...acts, ...freezes, ...(crash ? [crash] : [])].map(({ at }) => at),
    );
    const end = last + REST_MS;
    for (let next = this.#pop(); next && next.at <= end && !this.complaint; next = this.#pop()) {
      if (next.at > last && !this.world.turns.some(isActive)) {
        return;
      }
      this.#happen(next);
    }
  }

  // A frozen process does everything that was due when it wakes; a dead one nothing.
  #happen({ at, process, token, run }: Happening): void {
    const held = process === null ? null : this.#processes[process];
    if (!held) {
      run(at);
    } else if (!held.dead && held.frozenUntil > at) {
      this.#happenings.push({ at: held.frozenUntil, process, token, run });
    } else if (!held.dead && (token === 0 || token === held.token)) {
      run(at);
    }
  }

  #pop(): Happening | undefined {
    let first = 0;
    for (let n = 1; n < this.#happenings.length; n += 1) {
      if ((this.#happenings[n]?.at ?? 0) < (this.#happenings[first]?.at ?? 0)) {
        first = n;
      }
    }
    return this.#happenings.splice(first, 1)[0];
  }

  #later(at: number, process: number | null, run: (at: number) => void, token = 0): void {
    this.#happenings.push({ at, process, token, run });
  }

  #do(command: Command): void {
    const world = step(this.world, command);
    this.complaint ??= broken(this.world, command, world);
    this.world = world;
    this.#see(world);
  }

  #may(what: Command["do"]): boolean {
    return choices(this.world).some((command) => command.do === what);
  }

  #act(at: number, { do: what, heard, by }: Plan["acts"][number]): void {
    if (!this.#may(what)) {
      return;
    }
    const holder = this.#holder();
    this.#do({ do: what });
    this.#ring();
    if (what === "send" && heard) {
      this.#later(at, by, (now) => this.#claim(now, by));
    }
    if (what === "cancel" && holder !== null) {
      this.#askedAt = this.#isAwake(holder, at, 1_000) ? at : null;
      if (heard) {
        this.#later(at, holder, (now) => this.#beat(now, holder), this.#processes[holder]?.token);
      }
    }
    this.#noteEnd(at);
  }

  #holder(): number | null {
    const running = this.world.turns.findIndex(({ state }) => state === "running");
    const holder = running < 0 ? -1 : holderOf(this.world, running);
    return holder < 0 ? null : holder;
  }

  #isAwake(process: number, at: number, forMs: number): boolean {
    const meets = (from: number, ms: number) => from < at + forMs && from + ms > at;
    const { freezes, crash } = this.#plan;
    const dies = crash?.process === process && crash.at < at + forMs;
    return !dies && !freezes.some((each) => each.process === process && meets(each.at, each.ms));
  }

  #noteEnd(at: number): void {
    if (
      this.#askedAt !== null &&
      !this.world.turns.some((turn) => turn.stopped && isActive(turn))
    ) {
      this.stopped.push({ askedAt: this.#askedAt, endedAt: at });
      this.#askedAt = null;
    }
  }

  #ring(): void {
    if (this.#plan.rings) {
      this.#do({ do: "ring" });
    }
  }

  #freeze(process: number, until: number): void {
    const held = this.#processes[process];
    if (held) {
      held.frozenUntil = Math.max(held.frozenUntil, until);
    }
  }

  #crash(at: number, process: number): void {
    const held = this.#processes[process];
    const busy = this.world.runs[process]?.phase !== "idle";
    if (!held || !busy) {
      return;
    }
    const mine = this.#holder() === process;
    const turn = this.world.runs[process]?.turn ?? 0;
    const other = 1 - process;
    this.#do({ do: "crash", run: process });
    held.dead = true;
    this.#died = mine && this.#isAwake(other, at, 15_000) ? { at, turn } : null;
  }

  #sweep(at: number, process: number): void {
    if (this.world.turns.some(({ state, leased }) => state === "running" && !leased)) {
      this.#do({ do: "sweep" });
      this.#noteEnd(at);
    }
    this.#claim(at, process);
    this.#later(at + SWEEP_MS, process, (now) => this.#sweep(now, process));
  }

  #claim(at: number, process: number): void {
    const held = this.#processes[process];
    if (!held || this.world.runs[process]?.phase !== "idle" || claimable(this.world) < 0) {
      return;
    }
    this.#do({ do: "claim", run: process });
    this.#ring();
    held.token += 1;
    if (this.#died?.turn === this.world.runs[process]?.turn) {
      this.rescued.push({ diedAt: this.#died?.at ?? 0, claimedAt: at });
    }
    this.#died = null;
    this.#lease(at);
    this.#mine(at + BEAT_MS, process, (now) => this.#beat(now, process));
    this.#think(at, process);
  }

  #mine(at: number, process: number, run: (at: number) => void): void {
    this.#later(at, process, run, this.#processes[process]?.token);
  }

  #think(at: number, process: number): void {
    const { thinkMs, speakMs } = this.#plan.model[this.#calls % this.#plan.model.length] ?? {
      thinkMs: 0,
      speakMs: 0,
    };
    this.#calls += 1;
    this.#mine(at + thinkMs, process, (now) => {
      this.#deed("start", process);
      const phase = this.world.runs[process]?.phase;
      if (phase === "thinking") {
        this.#think(now, process);
      } else if (phase === "speaking") {
        this.#deed("say", process);
        this.#mine(now + speakMs, process, (end) => this.#finish(end, process, "commit"));
      }
    });
  }

  #deed(what: RunDeed, process: number): void {
    this.#do({ do: what, run: process });
    const held = this.#processes[process];
    if (held && this.world.runs[process]?.phase === "idle") {
      // Whatever this runner had planned for the turn is over.
      held.token += 1;
    }
  }

  #finish(at: number, process: number, what: "commit" | "stop"): void {
    this.#deed(what, process);
    this.#noteEnd(at);
    this.#claim(at, process);
  }

  #beat(at: number, process: number): void {
    const run = this.world.runs[process];
    if (run?.phase !== "thinking" && run?.phase !== "speaking") {
      return;
    }
    this.#deed(run.said === run.kept ? "beat" : "keep", process);
    const phase = this.world.runs[process]?.phase;
    if (phase === "idle") {
      return;
    }
    this.#lease(at);
    if (phase === "stopping") {
      this.#finish(at, process, "stop");
    } else {
      this.#mine(at + BEAT_MS, process, (now) => this.#beat(now, process));
    }
  }

  #lease(at: number): void {
    const until = at + LEASE_MS;
    this.#leaseUntil = until;
    this.#later(until, null, () => {
      const leased = this.world.turns.some((turn) => turn.state === "running" && turn.leased);
      if (leased && this.#leaseUntil <= until) {
        this.#do({ do: "expire" });
      }
    });
  }
}
