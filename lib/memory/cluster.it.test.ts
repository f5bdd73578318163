import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { type OwnRedis, startCluster } from "@/scripts/setup/redis-own";
import { ports } from "./ports";
import { redisGone, TestRecord, testRedis } from "./store-for-tests";
import { expectWhole, restart, runFold, turn } from "./turn-for-tests";

let nodes: OwnRedis[] = [];

beforeAll(async () => {
  nodes = await startCluster(3);
  env.REDIS_URL = nodes.map(({ url }) => url).join(",");
});
afterAll(() => Promise.all(nodes.map((node) => node.remove())));

async function talk(record: TestRecord, turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) {
    const { needsFold } = await turn(record, `question ${n} ${"tent ".repeat(40)}`, "It is green.");
    if (needsFold) {
      await runFold(record);
    }
  }
}

async function expectKept(record: TestRecord): Promise<void> {
  await restart(record);
  const { coveredThrough, tail } = await expectWhole(record);
  expect(tail).toEqual(record.messages.filter(({ seq }) => seq > coveredThrough));
}

/** What a node holds of a conversation: the seq of its stamp; null where it holds nothing, or another one does. */
async function stampAt(node: OwnRedis, record: TestRecord): Promise<number | null> {
  const said = await node.ask("HGET", record.redisKey("memory"), "s").catch(() => null);
  return said === null ? null : Number(said);
}

async function homeOf(record: TestRecord): Promise<number> {
  const stamps = await Promise.all(nodes.map((node) => stampAt(node, record)));
  return stamps.findIndex((stamp) => stamp !== null);
}

const lastOf = (record: TestRecord) => record.messages.at(-1)?.seq ?? 0;

/** The node has the newest message; where the machine is too busy for an answer in time, the next turn brings it. */
const expectUsed = (node: OwnRedis, record: TestRecord) =>
  vi.waitFor(
    async () => {
      await expectKept(record);
      expect(await stampAt(node, record)).toBe(lastOf(record));
    },
    { timeout: 10_000, interval: 100 },
  );

async function listed(): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of ports().redis.listKeys()) {
    ids.push(id);
  }
  return ids;
}

test("on a Redis Cluster of three conversations live on all nodes, and one node's death costs them nothing", {
  timeout: 60_000,
}, async () => {
  const records = await Promise.all(Array.from({ length: 12 }, () => TestRecord.make()));
  for (const record of records) {
    await talk(record, 3);
    await expectKept(record);
  }
  const homes = await Promise.all(records.map(homeOf));
  expect(new Set(homes)).toEqual(new Set([0, 1, 2]));
  expect((await listed()).sort()).toEqual(records.map((each) => each.conversationId).sort());

  const [, dying] = nodes;
  await dying?.kill();
  for (const [at, record] of records.entries()) {
    await talk(record, 10);
    await expectKept(record);
    const home = nodes[homes[at] ?? 0];
    if (home && home !== dying) {
      // The others serve their conversations as before, whatever was asked of the dead one.
      await expectUsed(home, record);
    }
  }
  expect(redisGone()).toBeInstanceOf(Date);
  await expect(listed()).rejects.toMatchObject({ name: "RedisGone" });

  await dying?.start();
  await vi.waitFor(() => expect(redisGone()).toBeNull(), { timeout: 20_000, interval: 100 });
  for (const [at, record] of records.entries()) {
    await talk(record, 1);
    await expectKept(record);
    const home = nodes[homes[at] ?? 0];
    await (home && expectUsed(home, record));
  }
});

test("what is asked without a key goes to a node that lives", async () => {
  expect(await testRedis((redis) => redis.publish("rc:queue", ""))).toBe(0);
});
