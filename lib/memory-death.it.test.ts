import { afterAll, expect, test } from "vitest";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { closeAll } from "./conversation/store-for-tests";
import { Race, textOf } from "./memory/race-for-tests";
import { PostgresMemory } from "./memory/store-postgres";
import { RedisMemory } from "./memory/store-redis";
import { launch } from "./process-for-tests";
import { RealRoom } from "./room-for-tests";

afterAll(closeAll);

/** So many that the next answer is followed by a fold. */
const TURNS = 3;

const raceOf = (room: RealRoom) => {
  const record = () => new PostgresMemory((_id, _owner, seq) => room.since(seq));
  return new Race(1, room, { redis: new RedisMemory(), record }, []);
};

test("a process dies behind each call of a store, from the claim of a turn to the end of its fold: nothing is lost or doubled", {
  timeout: 3_600_000,
}, async () => {
  let steps = 0;
  for (let died = true; died; steps += 1) {
    const room = await RealRoom.make();
    await room.talk(TURNS, textOf);
    await room.send(textOf("question"));
    died = await raceOf(room).dieAfter(steps);
  }
  // Claim, load, save, start, commit, read, append; read, summarise, decide, copy.
  expect(steps).toBeGreaterThan(10);
});

const ANSWER_AND_FOLD = `
const { dieAt } = await import("./scripts/setup/die-at.ts");
const { RealRoom } = await import("./lib/room-for-tests.ts");
const { foldMemory, prepareMemory, rememberTurn } = await import("./lib/memory/index.ts");
const { readRecord } = await import("./lib/agent/read-record.ts");
const { ADA, CONVERSATION, STEP } = process.env;
const room = await RealRoom.enter(JSON.parse(ADA), CONVERSATION);
const { conversationId, key, since } = room;
const { turn, expect } = await room.claim();
const stepsTaken = dieAt(Number(STEP));
console.log("ready");
const memory = await prepareMemory({ conversationId, key, expect, since });
await room.start(turn, expect.lastSeq);
await room.commit(turn, "answer " + "that the tent is green ".repeat(9));
await rememberTurn(conversationId, key, await since(memory.stamp.lastSeq));
const labels = (lines) => lines.map(({ text }) => text.split(" ", 1)[0]);
const summarize = async (previous, lines) => [previous ?? "", ...labels(lines)].join(" ").trim();
const { folds } = await foldMemory(conversationId, { summarize, since: readRecord });
console.log("folds " + folds + " steps " + stepsTaken() + " end");
process.exit(0);
`;

/** A process of its own answers and folds, and dies in place of that step. Says how many there were, if it did not. */
async function answerAndDie(step: number): Promise<number | null> {
  const room = await RealRoom.make();
  await room.talk(TURNS, textOf);
  await room.send(textOf("question"));
  const settings = {
    ADA: JSON.stringify(room.ada),
    CONVERSATION: room.conversationId,
    STEP: String(step),
  };
  const { gone, said } = await launch(ANSWER_AND_FOLD, settings);
  const code = await gone;
  const [, folds, steps] = /folds (\d+) steps (\d+) end/.exec(said()) ?? [];
  // Killed, it has no code.
  expect([code, folds]).toEqual(steps ? [0, "1"] : [null, undefined]);
  await raceOf(room).goOn();
  return steps ? Number(steps) : null;
}

test("a process is killed in place of what it is about to send, anywhere in an answer and its fold: another goes on, and nothing is lost or doubled", {
  timeout: 3_600_000,
}, async () => {
  const steps = await answerAndDie(0);
  expect(steps).toBeGreaterThan(20);
  const all = Array.from({ length: steps ?? 0 }, (_, n) => n + 1);
  // Each place in its turn where there is time; else some of them, from the first to the last.
  const stride = Math.ceil(all.length / faultRuns(6));
  const chosen = all.filter((step) => step % stride === 0 || step === all.length);
  for (let at = 0; at < chosen.length; at += 2) {
    await Promise.all(chosen.slice(at, at + 2).map(answerAndDie));
  }
});
