import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { closeAll } from "./auth/store-for-tests";
import {
  consentDraft,
  createGuest,
  currentConsentText,
  findConsent,
  giveConsent,
  listConsentVersions,
  publishConsent,
  requireConsent,
  reviseConsentDays,
} from "./customer";
import { newId } from "./id";
import { jobHandlers } from "./job-handlers";
import { retentionDays } from "./privacy";
import { dropActs, readActs } from "./privacy/store-retention-fixture";
import { changeSetting } from "./setting";
import { ConsentDraft, usualConsent, usualRetention } from "./setting/schema";

// The words are everybody's: a database of its own.
const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("consent"),
);

const admin = { id: newId() };
const nothing = async () => undefined;
const days = usualRetention.conversations;

beforeEach(dropActs);

afterAll(async () => {
  await closeAll();
  await own.remove();
});

/** A guest who has agreed to the words as they are, which this process knows. */
async function agreed(): Promise<string> {
  const { id } = await createGuest();
  await giveConsent(id, { memory: true });
  await requireConsent(id);
  return id;
}

test("the words say the days of the rules that hold, and who agrees leaves a record of what they read", async () => {
  const text = await currentConsentText();
  expect(text.points.join(" ")).toMatch(/guests' conversations are kept for 30 days/);
  expect(text.points.join(" ")).toMatch(
    /registered customers for 90 .*trial for 30.*premium service for 365/,
  );
  expect(text.points.join(" ")).not.toContain("{days}");
  await agreed();
  const [version] = await listConsentVersions();
  expect(version).toMatchObject({ version: text.version, hash: text.hash, points: text.points });
});

test("an admin's new words ask everybody again before their next message, and both are kept as they were", async () => {
  const id = await agreed();
  const before = await currentConsentText();
  const { version: _, ...draft } = await consentDraft();
  const controller = "Fellside Outdoor Ltd, 5 Mill Road, Kendal";
  await publishConsent(admin, { ...draft, controller, contact: "privacy@fellside.example" });
  const after = await currentConsentText();
  expect(after).toMatchObject({ version: before.version + 1, controller });
  expect(after.hash).not.toBe(before.hash);
  await expect(requireConsent(id)).rejects.toMatchObject({ code: "consent_missing" });
  expect(await findConsent(id)).toMatchObject({ current: false, textVersion: before.version });
  await giveConsent(id, { memory: true });
  await requireConsent(id);
  expect(await listConsentVersions()).toMatchObject([
    { version: after.version, hash: after.hash, asks: true, createdBy: admin.id, controller },
    { version: before.version, hash: before.hash, points: before.points, controller: "" },
  ]);
  expect(await readActs("consent_words_changed")).toMatchObject([
    { actor: admin.id, metadata: { version: after.version, previous: String(before.version) } },
  ]);
});

test("publishing what stands already is no new version, and asks nobody", async () => {
  const id = await agreed();
  const { version, ...draft } = await consentDraft();
  await publishConsent(admin, draft);
  expect((await currentConsentText()).version).toBe(version);
  await requireConsent(id);
});

test("nobody agrees to words that changed while they read", async () => {
  const { id } = await createGuest();
  const { version } = await currentConsentText();
  const { version: _, ...draft } = await consentDraft();
  await publishConsent(admin, { ...draft, title: `Before you write (${newId()})` });
  const late = giveConsent(id, { memory: true }, version);
  await expect(late).rejects.toMatchObject({ code: "consent_changed" });
  expect(await findConsent(id)).toBeNull();
  await giveConsent(id, { memory: true }, (await currentConsentText()).version);
  await requireConsent(id);
});

test("longer days ask again, and shorter ones only show what is kept now", async () => {
  const id = await agreed();
  expect(await reviseConsentDays(days)).toBe(false);
  expect(await reviseConsentDays({ ...days, standard: 60 })).toBe(true);
  expect((await currentConsentText()).points.join(" ")).toContain("registered customers for 60");
  await requireConsent(id);
  expect(await findConsent(id)).toMatchObject({ current: true });
  expect(await reviseConsentDays({ ...days, standard: 61 })).toBe(true);
  await expect(requireConsent(id)).rejects.toMatchObject({ code: "consent_missing" });
  const [longer, shorter] = await listConsentVersions();
  expect([longer?.asks, shorter?.asks]).toEqual([true, false]);
});

test("a changed rule and the words that tell it hold from the same moment", async () => {
  const id = await agreed();
  const rules = { ...usualRetention, conversations: { ...days, guest: 45 } };
  const from = new Date(Date.now() - 1_000).toISOString();
  const pending = { rules, from, by: admin.id };
  await changeSetting("retention", { rules: usualRetention, pending }, admin.id, nothing);
  expect((await currentConsentText()).points.join(" ")).toContain("kept for 30 days");
  await jobHandlers.retain({});
  expect((await retentionDays()).conversations.guest).toBe(45);
  expect((await currentConsentText()).points.join(" ")).toContain("kept for 45 days");
  await expect(requireConsent(id)).rejects.toMatchObject({ code: "consent_missing" });
});

test("to be remembered and to be counted are agreed to each by itself", async () => {
  for (const memory of [true, false]) {
    for (const analytics of [true, false]) {
      const { id } = await createGuest();
      await giveConsent(id, { memory, analytics });
      expect(await findConsent(id)).toMatchObject({ memory, analytics });
    }
  }
});

test("words without the place for the days, without a point, or with too much are not published", () => {
  const { points } = usualConsent;
  const good = { title: "Before you write", points, controller: "", contact: "" };
  expect(ConsentDraft.safeParse(good).success).toBe(true);
  for (const wrong of [
    { points: ["An AI answers you here."] },
    { points: [...points, "And again: {days}"] },
    { points: [] },
    { points: Array.from({ length: 12 }, () => "One.").concat("{days}") },
    { title: " " },
  ]) {
    expect(ConsentDraft.safeParse({ ...good, ...wrong }).success).toBe(false);
  }
});
