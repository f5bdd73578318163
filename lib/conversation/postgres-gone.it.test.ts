import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answer, begin, claim } from "./for-tests";
import { commitTurn, heartbeatTurn, startAnswer } from "./index";
import { closeAll, readRecord, readTurns } from "./store-for-tests";
import { wireSwitch } from "./store-reader-for-tests";

let postgres: Awaited<ReturnType<typeof wireSwitch>>;

beforeAll(async () => {
  postgres = await wireSwitch("DATABASE_URL");
});
afterAll(closeAll);

test("PostgreSQL is away while an answer begins and while it is stored: it is given all the same, once", {
  timeout: 30_000,
}, async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await postgres.off();
  const starting = startAnswer(turn);
  await expect(heartbeatTurn(turn)).rejects.toThrow();
  await postgres.on();
  expect(await starting).toMatchObject({ held: true, begun: true, answerSeq: 2 });
  await postgres.off();
  const committing = commitTurn(turn, answer("It is on its way."));
  await expect(heartbeatTurn(turn)).rejects.toThrow();
  await postgres.on();
  expect(await committing).toMatchObject({ stored: true, message: { seq: 2 } });
  // The pool may hold a connection that was cut.
  await vi.waitFor(async () => {
    const record = await readRecord(ada, conversation);
    expect(record.map(({ text }) => text)).toEqual(["hello", "It is on its way."]);
    expect(await readTurns(conversation)).toMatchObject([{ state: "done", attempts: 1 }]);
  }, 10_000);
});
