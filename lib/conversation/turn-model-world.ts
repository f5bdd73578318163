/**
 * The turn as a state machine, small enough to be checked whole: one conversation, what its rows say, and what each
 * runner believes. Every command is one statement or transaction of the real doors, so their interleavings are these.
 *
 * A runner is known by the generation of its claim alone: two runs of one process share their name, so the name fences
 * nobody.
 */
export type Turn = {
  state: "pending" | "running" | "done" | "interrupted" | "cancelled" | "failed";
  generation: number;
  throughSeq: number;
  joins: number;
  attempts: number;
  /** False once its lease ran out or was given back. */
  leased: boolean;
  stopped: boolean;
  answerSeq: number | null;
  /** The last checkpoint. */
  kept: string;
};

export type Line = {
  seq: number;
  role: "customer" | "assistant" | "boundary" | "event";
  state: "final" | "interrupted";
  turn: number | null;
  text: string;
  /** Of an answer: the last message that its runner had read. */
  through: number;
};

/** A runner on its way through a turn, as it remembers it. A dead one does nothing any more. */
export type Run = {
  phase: "idle" | "thinking" | "speaking" | "stopping" | "dead";
  turn: number;
  generation: number;
  throughSeq: number;
  said: string;
  kept: string;
};

/** How often each thing may still happen: what makes the world finite. */
export type Left = Record<
  | "sends"
  | "takeOvers"
  | "handBacks"
  | "asks"
  | "cancels"
  | "retries"
  | "crashes"
  | "freezes"
  | "failures"
  | "releases",
  number
>;

export type World = {
  owner: "AI" | "HUMAN" | "NONE";
  generation: number;
  lastSeq: number;
  turns: readonly Turn[];
  record: readonly Line[];
  runs: readonly Run[];
  /** The event log: the generation that fences it, and the one of the last words in it. */
  log: { generation: number; said: number };
  left: Left;
};

export type Command =
  | { do: "send" | "takeOver" | "handBack" | "ask" | "cancel" | "retry" }
  | { do: "sweep" | "expire" | "ring" }
  | { do: RunDeed; run: number };
export type RunDeed =
  | "claim"
  | "start"
  | "say"
  | "keep"
  | "beat"
  | "commit"
  | "stop"
  | "fail"
  | "release"
  | "crash";

/** What keeps the machine right. A test takes one away and sees that the checker misses it. */
export const rules = {
  fenced: true,
  owned: true,
  asksState: true,
  stopsTurns: true,
  raises: true,
  storesKept: true,
  keepsPlace: true,
  joinsOnlyBefore: true,
  restarts: true,
  takesOver: true,
  sweepsSpent: true,
  oneRunning: true,
  logFenced: true,
};
export type Rules = typeof rules;

export const idle: Run = {
  phase: "idle",
  turn: 0,
  generation: 0,
  throughSeq: 0,
  said: "",
  kept: "",
};

export function beginning(left: Left, runs = 2): World {
  return {
    owner: "AI",
    generation: 1,
    lastSeq: 0,
    turns: [],
    record: [],
    runs: Array.from({ length: runs }, () => idle),
    log: { generation: 1, said: 0 },
    left,
  };
}

export const isActive = ({ state }: Turn): boolean => state === "pending" || state === "running";
