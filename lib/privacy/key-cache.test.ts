import { beforeEach, expect, test } from "vitest";
import { cachedKey, findCachedKey, forgetCachedKey } from "./key-cache";
import { subjectKey } from "./subject-key";

const owner = "01936b2e-0000-7000-8000-000000000001";
const key = (id = owner) => subjectKey(id, 1, Buffer.alloc(32, 3));

beforeEach(() => forgetCachedKey(owner));

test("callers at the same time share one load", async () => {
  let loads = 0;
  const load = async () => {
    loads += 1;
    return await Promise.resolve(key());
  };
  const [one, two] = await Promise.all([cachedKey(owner, 1, load), cachedKey(owner, 1, load)]);
  expect([loads, one === two]).toEqual([1, true]);
});

test("a key is kept for a minute at most", async () => {
  await cachedKey(owner, 1, () => Promise.resolve(key()), 1_000);
  expect(findCachedKey(owner, 1, 60_999)).not.toBeNull();
  expect(findCachedKey(owner, 1, 61_000)).toBeNull();
});

test("another epoch is another key", async () => {
  await cachedKey(owner, 1, () => Promise.resolve(key()));
  expect(findCachedKey(owner, 2)).toBeNull();
});

test("a load that began before the owner was forgotten is not kept", async () => {
  let finish: (value: ReturnType<typeof key>) => void = () => undefined;
  const slow = cachedKey(owner, 1, () => new Promise((resolve) => (finish = resolve)));
  forgetCachedKey(owner);
  finish(key());
  await slow;
  expect(findCachedKey(owner, 1)).toBeNull();
});

test("a failed load is tried again", async () => {
  await expect(cachedKey(owner, 1, () => Promise.reject(new Error("down")))).rejects.toThrow(
    "down",
  );
  expect(await cachedKey(owner, 1, () => Promise.resolve(key()))).toMatchObject({ ownerId: owner });
});

test("however many people speak, at most 2,000 keys are held, the latest among them", async () => {
  const ids = Array.from({ length: 2_500 }, (_, at) => `owner-${at}`);
  for (const id of ids) {
    await cachedKey(id, 1, () => Promise.resolve(key(id)));
  }
  const held = ids.filter((id) => findCachedKey(id, 1) !== null);
  expect(held).toHaveLength(2_000);
  expect(held.at(-1)).toBe("owner-2499");
  ids.forEach(forgetCachedKey);
});
