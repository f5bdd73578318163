import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { changeSetting } from "@/lib/setting";
import { type RetentionRules, usualRetention } from "@/lib/setting/schema";
import type { Tx } from "@/lib/storage/schema";
import {
  changeRetention,
  findRequest,
  openRequest,
  previewRetention,
  retentionDays,
  retentionState,
  runExport,
  settleRetention,
  withdrawRetentionChange,
} from "./index";
import { closeEverything, dropActs, makeSettled, readActs } from "./store-retention-fixture";

// The rules are everybody's: a database of its own.
const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("retention_change"),
);

const nothing = async () => undefined;
const admin = { id: newId() };
const later = vi.fn(async (_tx: Tx, _afterSeconds: number) => undefined);
const also = vi.fn(async (_tx: Tx, _days: RetentionRules) => undefined);
const DAY_MS = 86_400_000;

function withStandard(days: number): RetentionRules {
  return {
    ...usualRetention,
    conversations: { ...usualRetention.conversations, standard: days },
  };
}

beforeEach(async () => {
  vi.clearAllMocks();
  await changeSetting("retention", { rules: usualRetention, pending: null }, admin.id, nothing);
  await dropActs();
});

afterAll(async () => {
  await closeEverything();
  await own.remove();
});

test("a change holds 24 hours after it was made, and until then the old days do", async () => {
  const now = new Date();
  const { from } = await changeRetention(admin, withStandard(60), later, now);
  expect(Date.parse(from)).toBe(now.getTime() + DAY_MS);
  expect(later).toHaveBeenCalledWith(expect.anything(), 86_400);
  expect(await retentionState()).toMatchObject({
    rules: usualRetention,
    inForce: usualRetention,
    pending: { rules: withStandard(60), from, by: admin.id },
  });
  expect(await settleRetention(also, new Date(now.getTime() + DAY_MS - 1))).toBe(false);
  expect((await retentionDays()).conversations.standard).toBe(90);
  expect(await settleRetention(also, new Date(now.getTime() + DAY_MS))).toBe(true);
  expect(also).toHaveBeenCalledWith(expect.anything(), withStandard(60));
  expect(await retentionDays()).toEqual(withStandard(60));
  expect((await retentionState()).pending).toBeNull();
  expect(await settleRetention(also, new Date(now.getTime() + 2 * DAY_MS))).toBe(false);
});

test("every value that differs is audited, old and new, when it is planned and when it holds", async () => {
  const rules = { ...withStandard(60), guests: 14, facts: { ...usualRetention.facts, trial: 40 } };
  await changeRetention(admin, rules, later);
  const metadata = [
    { kind: "facts", tier: "trial", previous: "no_end", state: "40_days" },
    { kind: "conversations", tier: "standard", previous: "90_days", state: "60_days" },
    { kind: "guests", tier: "guest", previous: "30_days", state: "14_days" },
  ];
  const told = async (action: string) => (await readActs(action)).map((act) => act.metadata);
  expect(await told("retention_change_planned")).toEqual(metadata);
  expect(await readActs("retention_change_planned")).toMatchObject([
    { actor: admin.id },
    { actor: admin.id },
    { actor: admin.id },
  ]);
  await settleRetention(also, new Date(Date.now() + DAY_MS + 1_000));
  expect(await told("retention_changed")).toEqual(metadata);
});

test("a change that waits is taken back by any admin, and never holds", async () => {
  await changeRetention(admin, withStandard(60), later);
  const colleague = { id: newId() };
  await withdrawRetentionChange(colleague);
  expect(await readActs("retention_change_withdrawn")).toMatchObject([
    { actor: colleague.id, metadata: { previous: "60_days", state: "90_days" } },
  ]);
  expect(await settleRetention(also, new Date(Date.now() + 2 * DAY_MS))).toBe(false);
  expect(await retentionDays()).toEqual(usualRetention);
  await expect(withdrawRetentionChange(admin)).rejects.toMatchObject({ code: "retention_stale" });
});

test("a newer change takes the place of the one that waits, with 24 hours of its own", async () => {
  const now = new Date();
  await changeRetention(admin, withStandard(60), later, now);
  const noon = new Date(now.getTime() + DAY_MS / 2);
  await changeRetention(admin, withStandard(120), later, noon);
  expect(await settleRetention(also, new Date(now.getTime() + DAY_MS))).toBe(false);
  expect(await settleRetention(also, new Date(noon.getTime() + DAY_MS))).toBe(true);
  expect((await retentionDays()).conversations.standard).toBe(120);
});

test("a change to what holds already is refused", async () => {
  const same = changeRetention(admin, { ...usualRetention }, later);
  await expect(same).rejects.toMatchObject({ code: "retention_unchanged" });
  expect(later).not.toHaveBeenCalled();
});

test("a change whose company fails does not come into force", async () => {
  await changeRetention(admin, withStandard(60), later);
  const failing = settleRetention(
    () => Promise.reject(new Error("no words, no days")),
    new Date(Date.now() + 2 * DAY_MS),
  );
  await expect(failing).rejects.toThrow("no words");
  expect(await retentionDays()).toEqual(usualRetention);
});

test("what another rule would remove is counted, and nothing is changed by that", async () => {
  await makeSettled(70);
  const before = (await previewRetention()).conversations.standard;
  expect((await previewRetention(withStandard(60))).conversations.standard).toBe(before + 1);
  expect(await retentionDays()).toEqual(usualRetention);
});

test("a finished copy of somebody's data can be downloaded for as many days as the rules say", async () => {
  const known = await makeSettled(1);
  const value = { rules: { ...usualRetention, exports: 3 }, pending: null };
  await changeSetting("retention", value, admin.id, nothing);
  const asked = { openedBy: "customer", openedById: known.id, reason: "asked_online" } as const;
  const { id } = await openRequest({ kind: "export", customerId: known.id, ...asked });
  const now = new Date();
  await runExport(id, dataMap, { controller: { name: "Fellside", contact: null }, now });
  const made = await findRequest({ kind: "customer", id: known.id }, id);
  expect(Date.parse(made?.download?.expiresAt ?? "")).toBe(now.getTime() + 3 * DAY_MS);
});
