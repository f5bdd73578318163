import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { changeSetting, readSetting } from "@/lib/setting";
import { type RetentionRules, retentionTiers, type SettingValue } from "@/lib/setting/schema";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { daysInForce } from "./retention-rules";
import type { RetentionState } from "./schema-retention";

type Admin = Pick<StaffCaller, "id">;
type Setting = SettingValue<"retention">;

const WAIT_SECONDS = 24 * 3_600;

/** The rules as they are set, as they are kept, and the change that waits. */
export async function retentionState(): Promise<RetentionState> {
  const { value, updatedBy, updatedAt } = await readSetting("retention");
  const { rules, pending } = value;
  return {
    rules,
    inForce: daysInForce(rules),
    pending,
    changedBy: updatedBy,
    changedAt: updatedAt,
  };
}

/**
 * An admin changes the rules: effective after 24 hours, in which any admin may take the change back. One change waits at
 * a time; a newer one takes its place. Every value that differs is audited, old and new. `later` sends the job that puts
 * the change in force, in the same transaction. Refused `retention_unchanged` where everything is so already.
 */
export async function changeRetention(
  admin: Admin,
  rules: RetentionRules,
  later: (tx: Tx, afterSeconds: number) => Promise<void>,
  now = new Date(),
): Promise<{ from: string }> {
  const from = new Date(now.getTime() + WAIT_SECONDS * 1_000).toISOString();
  const pending = { rules, from, by: admin.id };
  const plan = ({ rules: before }: Setting): Setting => {
    if (differences(before, rules).length === 0) {
      throw new Refusal("retention_unchanged");
    }
    return { rules: before, pending };
  };
  await changeSetting("retention", plan, admin.id, async (tx, { before }) => {
    await auditAll(tx, "retention_change_planned", admin.id, differences(before.rules, rules));
    await later(tx, WAIT_SECONDS);
  });
  return { from };
}

/** An admin takes the change that waits back. Refused `retention_stale` where none waits any more. */
export async function withdrawRetentionChange(admin: Admin): Promise<void> {
  const drop = ({ rules, pending }: Setting): Setting => {
    if (!pending) {
      throw new Refusal("retention_stale");
    }
    return { rules, pending: null };
  };
  await changeSetting("retention", drop, admin.id, async (tx, { before: { rules, pending } }) => {
    const planned = pending ? differences(pending.rules, rules) : [];
    await auditAll(tx, "retention_change_withdrawn", admin.id, planned);
  });
}

/**
 * Puts a change in force whose 24 hours are over. `also` runs in the same transaction: the words that customers agree to
 * say the new days from the same moment. True when there was one.
 */
export async function settleRetention(
  also: (tx: Tx, inForce: RetentionRules) => Promise<void>,
  now = new Date(),
): Promise<boolean> {
  let settled = false;
  const settle = (held: Setting): Setting =>
    held.pending && new Date(held.pending.from) <= now
      ? { rules: held.pending.rules, pending: null }
      : held;
  await changeSetting("retention", settle, "system", async (tx, { before, after }) => {
    await auditAll(tx, "retention_changed", "system", differences(before.rules, after.rules));
    await also(tx, daysInForce(after.rules));
    settled = true;
  });
  return settled;
}

type Act = "retention_change_planned" | "retention_change_withdrawn" | "retention_changed";

async function auditAll(tx: Tx, action: Act, actor: string, changed: Difference[]): Promise<void> {
  for (const metadata of changed) {
    await audit(tx, { actor, action, metadata });
  }
}

type Difference = { kind: string; tier: string; previous: string; state: string };

/** Every value that differs, in words of the audit log. */
function differences(before: RetentionRules, after: RetentionRules): Difference[] {
  const pairs = retentionTiers.flatMap((tier) =>
    (["conversations", "facts"] as const).map((kind) => ({
      kind,
      tier,
      previous: inDays(before[kind][tier]),
      state: inDays(after[kind][tier]),
    })),
  );
  const alike = (["guests", "exports"] as const).map((kind) => ({
    kind,
    tier: "guest",
    previous: inDays(before[kind]),
    state: inDays(after[kind]),
  }));
  return [...pairs, ...alike].filter(({ previous, state }) => previous !== state);
}

function inDays(days: number | null): string {
  return days === null ? "no_end" : `${days}_days`;
}
