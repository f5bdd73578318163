import { type Command, isActive, type Line, type Turn, type World } from "./turn-model-world";

/** What must hold of every step, said without a look at how the machine does it. The broken promise, or null. */
export function broken(before: World, command: Command, after: World): string | null {
  for (const promise of promises) {
    const complaint = promise(before, command, after);
    if (complaint) {
      return complaint;
    }
  }
  return null;
}

type Promise_ = (before: World, command: Command, after: World) => string | null | false;

const answersOf = ({ record }: World, turn: number): Line[] =>
  record.filter((line) => line.role === "assistant" && line.turn === turn);

const sameRows = (one: World, other: World): boolean =>
  one.turns === other.turns && one.record === other.record && one.lastSeq === other.lastSeq;

const monotone: Promise_ = (before, _, after) =>
  (after.generation < before.generation && "a generation went down") ||
  (before.turns.some((turn, n) => (after.turns[n]?.generation ?? 0) < turn.generation) &&
    "a turn's generation went down");

const nothingLost: Promise_ = (before, command, after) => {
  const kept = before.record.every((line) => after.record.includes(line));
  const seqs = new Set(after.record.map(({ seq }) => seq));
  return (
    (!kept && "a line of the record is gone or was changed") ||
    (seqs.size < after.record.length && "two lines have one seq") ||
    (after.record.some(({ seq }) => seq > after.lastSeq) && "a seq was never given out") ||
    (command.do === "send" && after.record.length <= before.record.length && "a message is lost")
  );
};

const oneOfEach: Promise_ = (_, __, after) => {
  const count = (state: Turn["state"]) => after.turns.filter((turn) => turn.state === state).length;
  return (count("pending") > 1 || count("running") > 1) && "two turns wait or run at once";
};

const oneAnswer: Promise_ = (_, __, after) => {
  const wrong = after.turns.some(({ state }, n) => {
    const [answer, another] = answersOf(after, n);
    return (
      another !== undefined ||
      (state === "done") !== (answer?.state === "final") ||
      (isActive({ state } as Turn) && answer !== undefined)
    );
  });
  return wrong && "a turn has not exactly the one answer that its end promises";
};

const zombieRefused: Promise_ = (before, command, after) => {
  if (!("run" in command) || command.do === "claim" || command.do === "crash") {
    return null;
  }
  const generation = before.runs[command.run]?.generation ?? 0;
  return (
    (generation < before.generation &&
      !sameRows(before, after) &&
      "a zombie wrote to the record") ||
    (generation < before.log.generation &&
      before.log !== after.log &&
      "a zombie wrote to the log") ||
    (after.log.said < before.log.said && "the log's words went back to an older runner")
  );
};

const silentForPeople: Promise_ = (before, command, after) => {
  const fresh = after.record.filter(
    (line) => line.role === "assistant" && !before.record.includes(line),
  );
  const border = after.record.findLast(
    ({ role, text }) => role === "boundary" && text === "person",
  );
  const handed = after.record.findLast(
    ({ role, text }) => role === "boundary" && text === "assistant",
  );
  const behind = border && (handed?.seq ?? 0) < border.seq ? border.seq : Number.POSITIVE_INFINITY;
  return (
    (before.owner !== "AI" &&
      fresh.length > 0 &&
      "the AI spoke while a person had the conversation") ||
    (fresh.some(({ seq }) => seq > behind) && "the AI's words stand behind the take-over") ||
    (after.owner !== "AI" && after.turns.some(isActive) && `a turn is left under ${command.do}`)
  );
};

const interruptedKept: Promise_ = (before, command, after) => {
  if (command.do !== "takeOver" && command.do !== "ask") {
    return null;
  }
  const border = after.record.at(-1)?.seq ?? 0;
  const lost = before.turns.some((turn, n) => {
    const [answer] = answersOf(after, n);
    const said = turn.state === "running" && turn.kept !== "";
    return (
      said && !(answer?.text === turn.kept && answer.seq === turn.answerSeq && answer.seq < border)
    );
  });
  return lost && "what had been said does not stand before the take-over under its reserved seq";
};

const placeKept: Promise_ = (before, _, after) => {
  const moved = before.turns.some(
    ({ answerSeq }, n) => answerSeq !== null && after.turns[n]?.answerSeq !== answerSeq,
  );
  const misplaced = after.turns.some(
    ({ answerSeq }, n) =>
      answerSeq !== null && answersOf(after, n).some(({ seq }) => seq !== answerSeq),
  );
  return (moved || misplaced) && "an answer lost the place that was reserved for it";
};

const allRead: Promise_ = (_, __, after) => {
  const unread = after.record.some(
    ({ role, state, turn, through }) =>
      role === "assistant" && state === "final" && through !== after.turns[turn ?? -1]?.throughSeq,
  );
  const unheard = after.record.some(
    ({ role, turn, seq }) =>
      role === "customer" && turn !== null && (after.turns[turn]?.throughSeq ?? 0) < seq,
  );
  return (
    (unread || unheard) && "an answer was given without reading a message that its turn owes one"
  );
};

const endIsEnd: Promise_ = (before, _, after) =>
  before.turns.some((turn, n) => !isActive(turn) && after.turns[n]?.state !== turn.state) &&
  "a turn that had ended changed";

const promises: readonly Promise_[] = [
  monotone,
  nothingLost,
  oneOfEach,
  oneAnswer,
  zombieRefused,
  silentForPeople,
  interruptedKept,
  placeKept,
  allRead,
  endIsEnd,
];

/** What must hold where nothing can happen any more: nobody waits for an answer that nobody will give. */
export function stuck({ owner, turns }: World): string | null {
  return owner === "AI" && turns.some(isActive) ? "a turn is stuck: nobody can finish it" : null;
}
