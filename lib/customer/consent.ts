import { createHash } from "node:crypto";
import type { StaffCaller } from "@/lib/auth/schema";
import { audit } from "@/lib/privacy";
import { changeSetting, readSetting } from "@/lib/setting";
import {
  type ConsentDraft,
  type RetentionRules,
  retentionTiers,
  type SettingValue,
} from "@/lib/setting/schema";
import type { Tx } from "@/lib/storage/schema";
import type { ConsentText, ConsentVersionView } from "./schema";
import { findVersions, insertVersion } from "./store-consent";

type Setting = SettingValue<"consent">;
type Days = RetentionRules["conversations"];

/** The words a customer agrees to, as they are shown, with the hash that proves which words they were. */
export async function currentConsentText(): Promise<ConsentText> {
  return wordsOf((await readSetting("consent")).value);
}

/** The words as admins write them, to be changed. */
export async function consentDraft(): Promise<ConsentDraft & { version: number }> {
  const { title, points, controller, contact, version } = (await readSetting("consent")).value;
  return { title, points, controller, contact, version };
}

/** Every text that was asked to be agreed to, the newest first. For admins. */
export async function listConsentVersions(): Promise<ConsentVersionView[]> {
  return await findVersions();
}

function wordsOf({ version, askedSince, title, points, controller, contact, days }: Setting) {
  const shown = points.map((point) => point.replace("{days}", daysText(days)));
  const hash = createHash("sha256")
    .update(JSON.stringify([version, title, shown, controller, contact]))
    .digest("hex");
  return { version, askedSince, hash, title, points: shown, controller, contact };
}

/** The days of each tier, which are the retention rules' own. */
function daysText({ guest, trial, standard, premium }: Days): string {
  return `After the last message, guests' conversations are kept for ${guest} days, those of registered customers for ${standard} (on trial for ${trial}, with premium service for ${premium}); then they are deleted.`;
}

/**
 * An admin publishes other words: a new version, which everybody is asked to agree to before their next message.
 */
export async function publishConsent(
  admin: Pick<StaffCaller, "id">,
  draft: ConsentDraft,
): Promise<void> {
  const publish = (before: Setting): Setting => {
    const same = JSON.stringify(draftOf(before)) === JSON.stringify(draftOf(draft));
    const version = before.version + 1;
    return same ? before : { ...before, ...draftOf(draft), version, askedSince: version };
  };
  await changeSetting("consent", publish, admin.id, (tx, { before, after }) =>
    noteVersion(tx, { before, after, by: admin.id }),
  );
}

/** In one order, so that they can be compared. */
function draftOf({ title, points, controller, contact }: ConsentDraft): ConsentDraft {
  return { title, points, controller, contact };
}

/**
 * Has the words say the days of the rules that hold, in a new version where they have changed. Longer days ask everybody
 * again before their next message; shorter ones keep what was agreed to, and more. True when there is a new version.
 */
export async function reviseConsentDays(days: Days, within?: Tx): Promise<boolean> {
  let revised = false;
  const revise = (before: Setting): Setting => {
    const differs = retentionTiers.some((tier) => days[tier] !== before.days[tier]);
    const longer = retentionTiers.some((tier) => days[tier] > before.days[tier]);
    const version = before.version + 1;
    const askedSince = longer ? version : before.askedSince;
    return differs ? { ...before, days, version, askedSince } : before;
  };
  const also = async (tx: Tx, { before, after }: { before: Setting; after: Setting }) => {
    await noteVersion(tx, { before, after, by: "system" });
    revised = true;
  };
  await changeSetting("consent", revise, "system", also, within);
  return revised;
}

type Change = { before: Setting; after: Setting; by: string };

async function noteVersion(tx: Tx, { before, after, by }: Change): Promise<void> {
  await insertVersion(wordsOf(before), null, tx);
  await insertVersion(wordsOf(after), by, tx);
  const { version, askedSince } = after;
  const metadata = { version, previous: String(before.version), on: askedSince === version };
  await audit(tx, { actor: by, action: "consent_words_changed", metadata });
}
