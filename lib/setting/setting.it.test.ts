import { afterAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import { changeSetting, onSettingChange, readSetting } from "./index";
import { closePostgres, dropSetting, spoilSetting } from "./store-for-tests";

afterAll(async () => {
  await dropSetting("answers");
  await closePostgres();
});

const nothing = async () => undefined;

test("a setting is its usual value until somebody changes it", async () => {
  await dropSetting("answers");
  expect(await readSetting("answers")).toMatchObject({ value: { on: true }, version: 0 });
  const admin = newId();
  const seen: unknown[] = [];
  await changeSetting("answers", { on: false }, admin, async (_, change) => {
    seen.push(change);
  });
  expect(seen).toEqual([{ before: { on: true }, after: { on: false }, version: 1 }]);
  expect(await readSetting("answers")).toMatchObject({
    value: { on: false },
    version: 1,
    updatedBy: admin,
  });
});

test("a change is heard by whoever listens, and no longer by who has left", async () => {
  const heard = vi.fn();
  const leave = onSettingChange("answers", heard);
  let on = true;
  // Listening begins a moment later than it is asked for: change until it is heard.
  await vi.waitFor(
    async () => {
      await changeSetting("answers", { on }, newId(), nothing);
      on = !on;
      expect(heard).toHaveBeenCalled();
    },
    { timeout: 10_000, interval: 100 },
  );
  leave();
  heard.mockClear();
  const other = vi.fn();
  onSettingChange("answers", other);
  await changeSetting("answers", { on }, newId(), nothing);
  await vi.waitFor(() => expect(other).toHaveBeenCalled(), { timeout: 8_000 });
  expect(heard).not.toHaveBeenCalled();
});

test("setting what holds already changes nothing, not even who did it", async () => {
  const before = await readSetting("answers");
  const also = vi.fn();
  await changeSetting("answers", before.value, newId(), also);
  expect(also).not.toHaveBeenCalled();
  expect(await readSetting("answers")).toEqual(before);
});

test("a change whose company fails is no change", async () => {
  const before = await readSetting("answers");
  const failing = changeSetting("answers", { on: !before.value.on }, newId(), async () => {
    throw new Error("no audit, no change");
  });
  await expect(failing).rejects.toThrow("no audit");
  expect(await readSetting("answers")).toEqual(before);
});

test("what another version has written and this one cannot read counts as the usual value", async () => {
  await spoilSetting("answers");
  await vi.waitFor(async () => expect((await readSetting("answers")).value).toEqual({ on: true }), {
    timeout: 8_000,
  });
});
