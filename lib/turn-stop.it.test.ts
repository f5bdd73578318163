import { afterAll, expect, test, vi } from "vitest";
import { TurnStopped } from "./agent/faults";
import { usualLimits } from "./agent/limits";
import { startPulse } from "./agent/pulse";
import { begin, claim } from "./conversation/for-tests";
import { takeOver } from "./conversation/index";
import { closeAll, flagStop, newLead, readTurns, said } from "./conversation/store-for-tests";

afterAll(closeAll);

const soon = { timeout: 10_000, interval: 50 };

/** A turn whose model says nothing, and its pulse. */
async function silentTurn() {
  const { conversation, turnId } = await begin();
  const turn = await claim(turnId);
  const abort = new AbortController();
  const pulse = startPulse(
    { turn, said: said(""), committed: Promise.resolve() },
    usualLimits,
    abort,
  );
  return { conversation, turn, abort, pulse };
}

test("a stop whose doorbell was lost is heard, though the model says nothing", async () => {
  const { turn, abort, pulse } = await silentTurn();
  await flagStop(turn);
  await vi.waitFor(() => expect(abort.signal.aborted).toBe(true), soon);
  expect(abort.signal.reason).toEqual(new TurnStopped("cancelled"));
  await pulse.stop();
});

test("a runner whose conversation a person took over hears it, though the model says nothing", async () => {
  const { conversation, abort, pulse } = await silentTurn();
  await takeOver(await newLead(), conversation);
  await vi.waitFor(() => expect(abort.signal.aborted).toBe(true), soon);
  expect(abort.signal.reason).toEqual(new TurnStopped("lost"));
  await pulse.stop();
});

test("the pulse of a silent model keeps the lease, beat by beat", async () => {
  const { conversation, pulse } = await silentTurn();
  const lease = async () => (await readTurns(conversation))[0]?.leaseUntil?.getTime() ?? 0;
  const first = await lease();
  await vi.waitFor(async () => expect(await lease()).toBeGreaterThan(first), soon);
  await pulse.stop();
});
