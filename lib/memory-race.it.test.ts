import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { closeAll } from "./conversation/store-for-tests";
import { Race } from "./memory/race-for-tests";
import { copiesOf } from "./memory/store-for-tests";
import { PostgresMemory } from "./memory/store-postgres";
import { RedisMemory } from "./memory/store-redis";
import { RealRoom } from "./room-for-tests";

const DAY_MS = 86_400_000;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  await closeAll();
});

const jump = (ms: number) => () => {
  vi.setSystemTime(Date.now() + ms);
};

/** What may befall the copy in Redis, and the clock. */
const accidentsOf = (room: RealRoom) => {
  const copies = copiesOf(room.conversationId);
  return [copies.flush, copies.remember, copies.putBack, jump(DAY_MS), jump(-DAY_MS)];
};

const plan = fc.record({
  seed: fc.nat(),
  messages: fc.integer({ min: 1, max: 4 }),
  rounds: fc.integer({ min: 1, max: 4 }),
  accidents: fc.integer({ min: 0, max: 4 }),
});

test("on PostgreSQL and Redis, two tabs and two processes lose, double and swap nothing in whatever order they come", {
  timeout: 3_600_000,
}, async () => {
  let folds = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ seed, ...plan }) => {
      const room = await RealRoom.make();
      const record = () => new PostgresMemory((_id, _owner, seq) => room.since(seq));
      const stores = { redis: new RedisMemory(), record };
      await new Race(seed, room, stores, accidentsOf(room)).run(plan);
      folds += (await copiesOf(room.conversationId).memoryVersion()) ?? 0;
    }),
    { numRuns: faultRuns(10) },
  );
  expect(folds).toBeGreaterThan(0);
});
