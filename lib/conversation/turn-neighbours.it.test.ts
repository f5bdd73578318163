import { afterAll, expect, test } from "vitest";
import { answer, begin, claim, send } from "./for-tests";
import {
  cancelTurn,
  checkpointTurn,
  commitTurn,
  heartbeatTurn,
  releaseTurn,
  startAnswer,
  sweepTurns,
} from "./index";
import {
  closeAll,
  expireLease,
  holdRow,
  isWaitedFor,
  readTurns,
  said,
  spoilCheckpoint,
} from "./store-for-tests";

afterAll(closeAll);

// Other tests leave turns behind, and the sweep names the oldest first.
const EVERY = 100_000;

async function ask() {
  const begun = await begin("Where is my order?");
  return { ...begun, turn: await claim(begun.turnId) };
}

test("while somebody holds one conversation, every other one goes from question to answer, and the sweep passes it by", async () => {
  const [held, stuck] = [await ask(), await ask()];
  await cancelTurn(stuck.ada, stuck.conversation);
  await expireLease(stuck.turn);
  await holdRow(held.conversation, async () => {
    await holdRow(stuck.conversation, async () => {
      const { ada, conversation, turn } = await ask();
      await startAnswer(turn);
      await checkpointTurn(turn, said("It is"));
      await heartbeatTurn(turn);
      await sweepTurns(EVERY);
      expect(await commitTurn(turn, answer("It is on its way."))).toMatchObject({ stored: true });
      await cancelTurn(ada, conversation);
    });
  });
  await sweepTurns(EVERY);
  expect(await readTurns(stuck.conversation)).toMatchObject([{ state: "cancelled" }]);
});

test("whoever wants a certain turn waits for the row that somebody holds for a moment, and has it", async () => {
  const { conversation, turnId } = await begin();
  let claimed: Promise<unknown> = Promise.resolve(null);
  await holdRow(conversation, async () => {
    claimed = claim(turnId);
    await expect.poll(() => isWaitedFor()).toBe(true);
  });
  expect(await claimed).toMatchObject({ id: turnId, attempt: 1 });
});

test("a heartbeat that was on its way when its runner gave the turn back does not take it again", async () => {
  const { turn } = await ask();
  await releaseTurn(turn);
  expect(await heartbeatTurn(turn)).toMatchObject({ held: false });
  expect(await claim(turn.id, "other")).toMatchObject({ attempt: 1 });
});

test("messages restart a call that has not begun its answer twice at most; the third is the next turn's", async () => {
  const { ada, conversation, turn } = await ask();
  await send(ada, conversation, "and");
  expect(await startAnswer(turn)).toEqual({ held: true, begun: false, throughSeq: 2 });
  await send(ada, conversation, "then");
  expect(await startAnswer(turn, 2)).toEqual({ held: true, begun: false, throughSeq: 3 });
  const third = await send(ada, conversation, "also");
  expect(await startAnswer(turn, 3)).toMatchObject({ held: true, begun: true, answerSeq: 5 });
  expect(third.turnId).not.toBe(turn.id);
  expect(await commitTurn(turn, answer("three in one"))).toMatchObject({
    nextTurnId: third.turnId,
  });
});

test("one stopped turn that cannot be ended does not keep the sweep from the others", async () => {
  const [first, second] = [await ask(), await ask()];
  await spoilCheckpoint(first.turn);
  for (const { ada, conversation, turn } of [first, second]) {
    await cancelTurn(ada, conversation);
    await expireLease(turn);
  }
  await sweepTurns(EVERY);
  expect(await readTurns(second.conversation)).toMatchObject([{ state: "cancelled" }]);
  expect(await readTurns(first.conversation)).toMatchObject([{ state: "running" }]);
  await spoilCheckpoint(first.turn, false);
  await sweepTurns(EVERY);
  expect(await readTurns(first.conversation)).toMatchObject([{ state: "cancelled" }]);
});
