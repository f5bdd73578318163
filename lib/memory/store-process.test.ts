import { describe, expect, test } from "vitest";
import type { SubjectKey } from "@/lib/privacy/schema";
import { emptyState } from "./state";
import { memoryContract } from "./store.contract";
import { ProcessMemory } from "./store-process";

// The process store compares owner and epoch only; it never opens a key.
const keyFor = (ownerId: string, epoch = 1) => ({ ownerId, epoch }) as SubjectKey;
const limits = { conversationsMax: 100, seconds: 3600 };

memoryContract("in the process", async () => ({
  port: new ProcessMemory(limits),
  conversationId: "c1",
  owner: keyFor("sarah"),
  stranger: keyFor("mallory"),
  record: async () => undefined,
}));

describe("the hot conversations of a process", () => {
  const state = emptyState(new Date(0));

  test("leave after 3,600 seconds without a write", async () => {
    let now = 0;
    const memory = new ProcessMemory(limits, () => now);
    await memory.save("c", keyFor("sarah"), state);
    now = 3_599_999;
    expect(await memory.load("c", keyFor("sarah"))).toMatchObject({ kind: "state" });
    now = 3_600_000;
    expect(await memory.load("c", keyFor("sarah"))).toEqual({ kind: "miss" });
  });

  test("when full, expired ones leave first, then the least recently used", async () => {
    let now = 0;
    const memory = new ProcessMemory({ conversationsMax: 3, seconds: 100 }, () => now);
    const owner = keyFor("sarah");
    await memory.save("a", owner, state);
    await memory.save("expires", owner, state, { ttlHours: 1 / 3600 });
    await memory.save("b", owner, state);
    now = 2_000;
    await memory.save("c", owner, state);
    expect(await memory.exists("a")).toBe(true);
    await memory.load("a", owner);
    await memory.save("d", owner, state);
    const kept = await Promise.all(["a", "b", "c", "d"].map((id) => memory.exists(id)));
    expect(kept).toEqual([true, false, true, true]);
  });

  test("stay while somebody works on them, however old and however full, and leave once nobody does", async () => {
    let now = 0;
    const memory = new ProcessMemory({ conversationsMax: 2, seconds: 100 }, () => now);
    const owner = keyFor("sarah");
    await memory.save("expires", owner, state, { ttlHours: 1 / 3600 });
    await memory.save("oldest", owner, state);
    const releases = ["expires", "oldest", "oldest"].map((id) => memory.hold(id));
    now = 2_000;
    await memory.save("new", owner, state);
    await memory.save("newer", owner, state);
    const listed = async () => {
      const ids: string[] = [];
      for await (const id of memory.listKeys()) {
        ids.push(id);
      }
      return ids.toSorted();
    };
    expect(await listed()).toEqual(["expires", "oldest"]);
    releases[0]?.();
    releases[0]?.();
    releases[1]?.();
    await memory.save("newest", owner, state);
    // Twice held, once released.
    expect(await listed()).toEqual(["newest", "oldest"]);
    releases[2]?.();
    await memory.save("last", owner, state);
    expect(await listed()).toEqual(["last", "newest"]);
  });

  test("are counted without those that are expired, beside what is in use and the limit", async () => {
    let now = 0;
    const memory = new ProcessMemory({ conversationsMax: 4, seconds: 100 }, () => now);
    expect(memory.stats()).toEqual({
      activeMemories: 0,
      totalLocks: 0,
      maxCapacity: 4,
      utilization: 0,
    });
    await memory.save("expires", keyFor("sarah"), state, { ttlHours: 1 / 3600 });
    await memory.save("stays", keyFor("sarah"), state);
    const release = memory.hold("stays");
    memory.hold("not there yet");
    now = 2_000;
    expect(memory.stats()).toEqual({
      activeMemories: 1,
      totalLocks: 2,
      maxCapacity: 4,
      utilization: 0.25,
    });
    const one = { activeMemories: 1, totalLocks: 1, maxCapacity: 4, utilization: 0.25 };
    expect(memory.stats("sarah")).toEqual(one);
    const none = { activeMemories: 0, totalLocks: 0, maxCapacity: 4, utilization: 0 };
    expect(memory.stats("mallory")).toEqual(none);
    release();
    expect(memory.stats().totalLocks).toBe(1);
  });

  test("are not opened under another epoch of the key", async () => {
    const memory = new ProcessMemory(limits);
    await memory.save("c", keyFor("sarah", 1), state);
    expect(await memory.load("c", keyFor("sarah", 2))).toEqual({ kind: "miss" });
  });
});
