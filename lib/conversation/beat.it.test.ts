import { afterAll, expect, test } from "vitest";
import { begin, claim } from "./for-tests";
import { beatTurns, claimTurn, sweepTurns } from "./index";
import {
  closeAll,
  expireLease,
  flagStop,
  holdTurn,
  readTurns,
  said,
  setCustomer,
} from "./store-for-tests";

afterAll(closeAll);

async function ask() {
  const begun = await begin("Where is my order?");
  return { ...begun, turn: await claim(begun.turnId) };
}

test("turns that beat together keep their leases and words, and each hears whether to stop", async () => {
  const [silent, speaking, stopped] = await Promise.all([ask(), ask(), ask()]);
  for (const { turn } of [silent, speaking, stopped]) {
    await expireLease(turn);
  }
  await flagStop(stopped.turn);
  const heard = await beatTurns([
    { turn: silent.turn, text: null },
    { turn: speaking.turn, text: said("It is on") },
    { turn: stopped.turn, text: said("It") },
  ]);
  expect(heard).toEqual(
    new Map([
      [silent.turn.id, false],
      [speaking.turn.id, false],
      [stopped.turn.id, true],
    ]),
  );
  const free = await sweepTurns(100_000);
  expect(free).not.toContain(silent.turn.id);
  expect(free).not.toContain(speaking.turn.id);
  await expireLease(speaking.turn);
  const next = await claimTurn("next runner", speaking.turn.id);
  expect(next).toMatchObject({ checkpoint: "It is on" });
  await expireLease(silent.turn);
  expect(await claimTurn("next runner", silent.turn.id)).not.toHaveProperty("checkpoint");
});

test("a turn that was taken over, or whose customer may not be processed any more, is not kept by a beat", async () => {
  const [dead, restricted, mine] = await Promise.all([ask(), ask(), ask()]);
  await expireLease(dead.turn);
  const next = await claimTurn("next runner", dead.turn.id);
  await setCustomer(restricted.ada.id, { state: "restricted" });
  const beats = [dead, restricted, mine].map(({ turn }) => ({ turn, text: said("zombie") }));
  expect([...(await beatTurns(beats)).keys()]).toEqual([mine.turn.id]);
  const [row] = await readTurns(dead.conversation);
  expect(row).toMatchObject({ generation: next?.generation, checkpointOffset: 0 });
});

test("a turn whose row is held keeps no other turn waiting", async () => {
  const [held, other] = await Promise.all([ask(), ask()]);
  const beats = [held, other].map(({ turn }) => ({ turn, text: null }));
  await holdTurn(held.turn, async () => {
    expect([...(await beatTurns(beats)).keys()]).toEqual([other.turn.id]);
  });
  expect((await beatTurns(beats)).size).toBe(2);
});
