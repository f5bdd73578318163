import { afterAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import { changeSetting, onSettingChange, readSetting } from "./index";
import { closePostgres, dropSetting, spoilSetting } from "./store-for-tests";

afterAll(async () => {
  await dropSetting("answers");
  await closePostgres();
});

test("a setting is its usual value until somebody changes it, and then every process hears of it", async () => {
  await dropSetting("answers");
  expect(await readSetting("answers")).toMatchObject({ value: { on: true }, version: 0 });
  const heard = vi.fn();
  const leave = onSettingChange("answers", heard);
  const admin = newId();
  const seen: unknown[] = [];
  await changeSetting("answers", { on: false }, admin, async (_, change) => {
    seen.push(change);
  });
  expect(seen).toEqual([{ before: { on: true }, after: { on: false }, version: 1 }]);
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  leave();
  expect(await readSetting("answers")).toMatchObject({
    value: { on: false },
    version: 1,
    updatedBy: admin,
  });
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
  const failing = changeSetting("answers", { on: true }, newId(), async () => {
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
