import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import { enqueue, type JobHandlers, startJobs, stopJobs } from "./index";
import { closePostgres, hasSetting, listJobRows, transact, writeSetting } from "./store-for-tests";

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
  summarize: idle,
  export: idle,
  // Other tests of this database send folds by the dozen; erasures are only ours.
  erase: work,
  audit: idle,
  expire: idle,
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
