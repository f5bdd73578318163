import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { FileSide } from "@/lib/memory";
import { throwawayKey } from "@/lib/privacy";
import { chatted } from "./for-tests";
import { emptyState } from "./state";

const owner = throwawayKey("sarah");
const state = {
  ...emptyState(new Date(0)),
  version: 3,
  lastSeq: 4,
  metadata: { channel: "web" },
  tail: chatted(2),
};
const open = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "memories-"));
  return { folder, side: new FileSide(path.join(folder, "new")) };
};

test("a memory in a file is sealed, is listed, and comes back whole with what is left of its time to live", async () => {
  const { folder, side } = await open();
  expect(await side.exists("c1")).toBe(false);
  expect(await side.write("c1", owner, { state, ttlSeconds: 3600, remainingMs: 60_000 })).toBe(
    "saved",
  );
  const [name = ""] = await readdir(path.join(folder, "new"));
  expect(await readFile(path.join(folder, "new", name), "utf8")).not.toMatch(/tent|web/);
  const carried = await side.read("c1", owner);
  expect(carried?.state).toEqual(state);
  expect(carried?.ttlSeconds).toBe(3600);
  expect(carried?.remainingMs).toBeGreaterThan(50_000);
  expect(carried?.remainingMs).toBeLessThanOrEqual(60_000);
  const listed: string[] = [];
  for await (const id of side.listKeys()) {
    listed.push(id);
  }
  expect(listed).toEqual(["c1"]);
});

test("a folder that is not there is named, and is not taken for an empty one", async () => {
  const { folder } = await open();
  const absent = new FileSide(path.join(folder, "mistyped"));
  await expect(absent.listKeys()[Symbol.asyncIterator]().next()).rejects.toThrow("mistyped");
});

test("another customer cannot read it, and the owner still can", async () => {
  const { side } = await open();
  await side.write("c1", owner, { state, ttlSeconds: null, remainingMs: null });
  await expect(side.read("c1", throwawayKey("mallory"))).rejects.toThrow("file.memory");
  expect(await side.read("c1", owner)).toEqual({ state, ttlSeconds: null, remainingMs: null });
});

test("it is not put back to an older version, and is not there once its time is over", async () => {
  const { folder, side } = await open();
  await side.write("c1", owner, { state, ttlSeconds: 60, remainingMs: 60_000 });
  const older = { state: { ...state, version: 2 }, ttlSeconds: 60, remainingMs: 60_000 };
  expect(await side.write("c1", owner, older)).toBe("older");
  expect((await side.read("c1", owner))?.state.version).toBe(3);
  const file = path.join(folder, "new", "c1.memory.json");
  const stored = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...stored, expiresAt: new Date(0).toISOString() }));
  expect(await side.read("c1", owner)).toBeNull();
  expect(await side.exists("c1")).toBe(false);
});
