import { afterAll, beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { readStatus } from "./index";
import type { PartState } from "./schema";
import { leave, writeBeat } from "./store";
import { closePostgres, forgetAll, keepSilent } from "./store-for-tests";

beforeEach(forgetAll);
afterAll(closePostgres);

const web = (build = "one") => ({ id: newId(), kind: "web", build, jobs: false });
type Web = ReturnType<typeof web>;

const says = (self: Web, redis: PartState, cameBack = false) =>
  writeBeat(self, { parts: { redis }, disk: null }, cameBack);

async function standing(part = "redis") {
  const { standings } = await readStatus();
  return standings.find((each) => each.part === part);
}

test("what one process cannot reach and another can is partly there, and down is what nobody reaches", async () => {
  const [near, far] = [web(), web()];
  await says(near, "up");
  await says(far, "down");
  expect(await standing()).toMatchObject({ state: "partly" });
  await says(near, "down");
  expect(await standing()).toMatchObject({ state: "down" });
  await says(near, "unknown");
  expect(await standing()).toMatchObject({ state: "down" });
});

test("since when a part is down is known after every process was restarted, and is new once it is back", async () => {
  const before = web();
  await says(before, "down");
  const down = await standing();
  await leave(before.id);
  const after = web();
  await says(after, "down");
  expect(await standing()).toEqual(down);
  await says(after, "up");
  const up = await standing();
  expect(up?.state).toBe("up");
  expect(Date.parse(up?.since ?? "")).toBeGreaterThan(Date.parse(down?.since ?? ""));
});

test("PostgreSQL stands since it came back, as the process says that missed it", async () => {
  const self = web();
  await says(self, "up");
  const first = await standing("postgres");
  await says(self, "up");
  expect(await standing("postgres")).toEqual(first);
  await says(self, "up", true);
  expect(await standing("postgres")).not.toEqual(first);
});

test("a process that falls silent has no say any more, and is forgotten after ten minutes", async () => {
  const [silent, speaking] = [web(), web()];
  await says(silent, "down");
  await keepSilent(silent.id, 1);
  await says(speaking, "up");
  expect(await standing()).toMatchObject({ state: "up" });
  const lives = async () => (await readStatus()).processes.map(({ id, alive }) => [id, alive]);
  expect(await lives()).toEqual([
    [silent.id, false],
    [speaking.id, true],
  ]);
  await keepSilent(silent.id, 10);
  await says(speaking, "up");
  expect(await lives()).toEqual([[speaking.id, true]]);
});

test("processes of two builds are told apart, and one without a build is none of them", async () => {
  await says(web("one"), "up");
  await says(web("source"), "up");
  expect((await readStatus()).builds).toEqual(["one"]);
  await says(web("two"), "up");
  expect((await readStatus()).builds.toSorted()).toEqual(["one", "two"]);
});

test("nobody works jobs until somebody does", async () => {
  await says(web(), "up");
  expect(await standing("workers")).toMatchObject({ state: "down" });
  await writeBeat({ ...web(), kind: "worker", jobs: true }, { parts: {}, disk: null }, false);
  expect(await standing("workers")).toMatchObject({ state: "up" });
});
