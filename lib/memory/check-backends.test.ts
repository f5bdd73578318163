import { expect, test } from "vitest";
import { checkBackends, memoryState } from "@/lib/memory";
import { listBackends } from "./check-backends";
import { emptyState } from "./state";
import { probeRedis } from "./store-probe";
import { ProcessMemory } from "./store-process";

const well = () => Promise.resolve();
const badly = () => Promise.reject(new TypeError("no such column"));

test("the stores are up, partly or down as the last check found them, and unknown before the first", async () => {
  expect(memoryState()).toBe("unknown");
  expect(listBackends().map(({ state }) => state)).toEqual(["unknown", "unknown"]);
  await checkBackends({ redis: well, postgresql: well });
  expect(memoryState()).toBe("up");
  await checkBackends({ redis: badly, postgresql: well });
  expect(memoryState()).toBe("partly");
  expect(listBackends()[0]).toMatchObject({ name: "redis", state: "down", reason: "TypeError" });
  await checkBackends({ redis: well, postgresql: badly });
  expect(memoryState()).toBe("down");
});

const limits = { conversationsMax: 10, seconds: 60 };

test("a store that gives back something else than what was written, or keeps what was deleted, fails its check", async () => {
  class Forgetful extends ProcessMemory {
    override async load() {
      return { kind: "state" as const, state: emptyState(new Date(0)) };
    }
  }
  class Clinging extends ProcessMemory {
    override async exists() {
      return true;
    }
  }
  await expect(probeRedis(new ProcessMemory(limits))).resolves.toBeUndefined();
  await expect(probeRedis(new Forgetful(limits))).rejects.toThrow("something else");
  await expect(probeRedis(new Clinging(limits))).rejects.toThrow("something else");
});
