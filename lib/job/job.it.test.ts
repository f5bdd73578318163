import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import {
  enqueue,
  type JobHandlers,
  listFailedJobs,
  readJobQueue,
  removeDone,
  retryJobs,
  startJobs,
  stopJobs,
} from "./index";
import {
  closePostgres,
  hasSetting,
  lastTry,
  listJobRows,
  makeOld,
  readRetries,
  transact,
  writeSetting,
} from "./store-for-tests";

const ran: string[] = [];
const failing = new Set<string>();

async function work({ requestId }: { requestId: string }): Promise<void> {
  ran.push(requestId);
  if (failing.delete(requestId)) {
    throw new Error("mia@example.com could not be reached");
  }
}

const idle = async () => undefined;
const handlers: JobHandlers = {
  fold: idle,
  facts: idle,
  summarize: idle,
  export: idle,
  // Other tests of this database send folds by the dozen; erasures are only ours.
  erase: work,
  sweep: idle,
  audit: idle,
  expire: idle,
  retain: idle,
  announce: idle,
  clear: idle,
  requestCode: idle,
  requestNews: idle,
};

beforeAll(() => startJobs(handlers));

afterAll(async () => {
  await stopJobs();
  await closePostgres();
});

test("a job that is sent twice while it waits is done once", async () => {
  const requestId = newId();
  const soon = { startAfterSeconds: 2 };
  await enqueue(null, "erase", { requestId }, soon);
  await enqueue(null, "erase", { requestId }, soon);
  expect(await listJobRows(requestId)).toHaveLength(1);
});

test("a job for later does not stand for one that is wanted now", async () => {
  const requestId = newId();
  await enqueue(null, "erase", { requestId }, { startAfterSeconds: 600 });
  await enqueue(null, "erase", { requestId });
  await vi.waitFor(() => expect(ran).toContain(requestId), { timeout: 8_000 });
});

test("a job exists if and only if the transaction of its row was committed", async () => {
  const kept = newId();
  const lost = newId();
  const key = await transact(async (tx) => {
    await enqueue(tx, "erase", { requestId: kept });
    return await writeSetting(tx);
  });
  let gone = "";
  const failed = transact(async (tx) => {
    gone = await writeSetting(tx);
    await enqueue(tx, "erase", { requestId: lost });
    throw new Error("after the job was sent");
  });
  await expect(failed).rejects.toThrow("after the job was sent");
  expect([await hasSetting(key), await hasSetting(gone)]).toEqual([true, false]);
  expect(await listJobRows(lost)).toEqual([]);
  await vi.waitFor(() => expect(ran).toContain(kept), { timeout: 8_000 });
  expect(ran).not.toContain(lost);
});

test("a failed job is tried again, and its row says nothing of what went wrong but the kind", async () => {
  const requestId = newId();
  failing.add(requestId);
  await enqueue(null, "erase", { requestId });
  await vi.waitFor(
    async () => expect(await listJobRows(requestId)).toMatchObject([{ state: "retry" }]),
    {
      timeout: 8_000,
    },
  );
  const [row] = await listJobRows(requestId);
  expect(JSON.stringify(row)).not.toContain("mia@example.com");
  await vi.waitFor(() => expect(ran.filter((id) => id === requestId)).toHaveLength(2), {
    timeout: 18_000,
  });
});

const admin = { kind: "staff", id: newId(), keyEpoch: 1, role: "admin", name: "Edda" } as const;

test("a job that fails for the last time is dead, is named with its code, and an admin can have it tried again", async () => {
  const requestId = newId();
  failing.add(requestId);
  await enqueue(null, "erase", { requestId }, { startAfterSeconds: 600 });
  await lastTry(requestId);
  const dead = await vi.waitFor(
    async () => {
      const found = (await listFailedJobs()).find(({ ids }) => ids.includes(requestId));
      expect(found).toMatchObject({ name: "erase", code: "Error" });
      return found;
    },
    { timeout: 8_000 },
  );
  expect((await readJobQueue()).failed).toBeGreaterThan(0);
  expect(await retryJobs(admin, dead?.id ?? null)).toBe(1);
  await vi.waitFor(() => expect(ran.filter((id) => id === requestId)).toHaveLength(2), {
    timeout: 8_000,
  });
  await vi.waitFor(
    async () => expect(await listJobRows(requestId)).toMatchObject([{ state: "completed" }]),
    { timeout: 8_000 },
  );
  expect(await readRetries(admin.id)).toEqual([{ kind: "erase", count: 1 }]);
  await expect(retryJobs(admin, dead?.id ?? null)).rejects.toMatchObject({ code: "not_found" });
});

test("a job that is done is forgotten after an hour, and a dead one is not", async () => {
  const [done, dead] = [newId(), newId()];
  await enqueue(null, "erase", { requestId: done });
  failing.add(dead);
  await enqueue(null, "erase", { requestId: dead }, { startAfterSeconds: 600 });
  await lastTry(dead);
  await vi.waitFor(
    async () => {
      expect(await listJobRows(done)).toMatchObject([{ state: "completed" }]);
      expect(await listJobRows(dead)).toMatchObject([{ state: "failed" }]);
    },
    { timeout: 8_000 },
  );
  await makeOld(done);
  await makeOld(dead);
  await removeDone();
  expect(await listJobRows(done)).toEqual([]);
  expect(await listJobRows(dead)).toMatchObject([{ state: "failed" }]);
});
