import { afterAll, expect, test } from "vitest";
import { answer, begin, claim, send } from "./for-tests";
import { commitTurn, startAnswer } from "./index";
import { closeAll, expireLease, loseBeginning, readRecord } from "./store-for-tests";

afterAll(closeAll);

test("an answer whose place a crash took back is not stored over who came in instead: both are answered anew", async () => {
  const { ada, conversation, ...begun } = await begin("Where is my order?");
  const turn = await claim(begun.turnId);
  await startAnswer(turn);
  await loseBeginning(turn);
  const { turnId } = await send(ada, conversation, "And my other order?");
  expect(turnId).toBe(turn.id);
  expect(await commitTurn(turn, { ...answer("It is on its way."), begun: true })).toEqual({
    stored: false,
  });

  await expireLease(turn);
  const again = await claim(turn.id, "other");
  expect(again.throughSeq).toBe(2);
  expect(await startAnswer(again)).toMatchObject({ begun: true, answerSeq: 3 });
  await commitTurn(again, { ...answer("Both are on their way."), begun: true });
  expect((await readRecord(ada, conversation)).map(({ text }) => text)).toEqual([
    "Where is my order?",
    "And my other order?",
    "Both are on their way.",
  ]);
});
