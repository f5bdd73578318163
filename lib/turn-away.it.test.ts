import { afterAll, expect, test } from "vitest";
import { testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";
import { begin, claim } from "./conversation/for-tests";
import { closeAll, expireLease, readRecord, readTurns } from "./conversation/store-for-tests";

afterAll(closeAll);

test("a turn that meets a restart of PostgreSQL is answered after it, without an apology", async () => {
  const { ada, conversation, turnId } = await begin("What does delivery cost?");
  const options = { endpoint: null, limits: testLimits, wordDelayMs: 0 };
  const turn = await claim(turnId);
  const restarting = () => {
    throw Object.assign(new Error("terminating connection due to administrator command"), {
      code: "57P01",
    });
  };
  expect(await runTurn(turn, { ...options, now: restarting })).toEqual({ outcome: "lost" });
  expect(await readTurns(conversation)).toMatchObject([{ state: "running", failure: null }]);
  await expireLease(turn);
  const again = await claim(turnId, "another runner");
  expect(await runTurn(again, options)).toMatchObject({ outcome: "done" });
  const spoken = (await readRecord(ada, conversation)).filter(({ role }) => role === "assistant");
  expect(spoken).toHaveLength(1);
});
