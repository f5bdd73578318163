import { afterAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import { launch } from "@/lib/process-for-tests";
import { enqueue, startJobs, stopJobs } from "./index";
import { closePostgres, listJobRows } from "./store-for-tests";

const NEVER_DONE = `
const { startJobs, stopJobs } = await import("./lib/job/index.ts");
const never = () => new Promise(() => undefined);
const names = ["fold", "summarize", "export", "erase", "audit", "expire"];
await startJobs(Object.fromEntries(names.map((name) => [name, never])));
process.once("SIGTERM", () => stopJobs(1_000).then(() => process.exit(0)));
console.log("ready");
`;
const soon = { timeout: 30_000, interval: 50 };
vi.setConfig({ testTimeout: 90_000 });

afterAll(async () => {
  await stopJobs();
  await closePostgres();
});

test("jobs that a process cannot finish before it ends are begun by another one at once, and no retry is counted", async () => {
  const neighbour = await launch(NEVER_DONE);
  const ids = [newId(), newId(), newId()];
  for (const conversationId of ids) {
    await enqueue(null, "fold", { conversationId });
  }
  const rows = () => Promise.all(ids.map(async (id) => (await listJobRows(id))[0]));
  // Side by side: none of them ends.
  await vi.waitFor(async () => {
    expect((await rows()).map((row) => row?.state)).toEqual(["active", "active", "active"]);
  }, soon);
  const ran: string[] = [];
  const fold = async ({ conversationId }: { conversationId: string }) => {
    ran.push(conversationId);
  };
  const idle = async () => undefined;
  await startJobs({
    fold,
    facts: idle,
    summarize: idle,
    export: idle,
    erase: idle,
    sweep: idle,
    audit: idle,
    expire: idle,
    retain: idle,
    announce: idle,
    clear: idle,
    requestCode: idle,
    requestNews: idle,
  });
  neighbour.child.kill("SIGTERM");
  expect(await neighbour.gone).toBe(0);
  await vi.waitFor(async () => {
    expect(ran.toSorted()).toEqual(ids.toSorted());
    expect(await rows()).toMatchObject(ids.map(() => ({ state: "completed", triesLeft: 10 })));
  }, soon);
});
