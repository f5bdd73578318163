import { log, report } from "@/lib/observability";
import { once } from "@/lib/once";
import { anonymizeUserId } from "./index-hash";
import type { KeyAlarm } from "./schema";
import { dropAlarm, findAlarms, findLiving, upsertAlarm } from "./store-alarm";

/** The row is gone, its key-encryption key is not in the keyring, or it was changed. */
export type AlarmCode = "key_absent" | "kek_absent" | "does_not_open";

const QUIET_MS = 3_600_000;
const HELD_MAX = 5_000;

/** Pseudonym → when this process raised its alarm. */
function raised(): Map<string, number> {
  return once("privacy.alarms", () => new Map());
}

/**
 * Tells the operators that a living person's key is missing: one log line a person and hour, and a row that the status
 * page shows. False, and no alarm, when the person is gone or going.
 */
export async function raiseAlarm(
  { id, keyEpoch }: { id: string; keyEpoch: number },
  code: AlarmCode,
  now = Date.now(),
): Promise<boolean> {
  const whose = await findLiving(id, keyEpoch);
  if (!whose) {
    return false;
  }
  const pseudonym = anonymizeUserId(id);
  if ((raised().get(pseudonym) ?? 0) + QUIET_MS > now) {
    return true;
  }
  if (raised().size >= HELD_MAX) {
    raised().clear();
  }
  raised().set(pseudonym, now);
  log.error({ event: "key_alarm", code, whose, user: pseudonym });
  try {
    await upsertAlarm({ pseudonym, code, whose });
  } catch (error) {
    report(error, { where: "privacy.alarm" });
  }
  return true;
}

/** The person's key opens again. */
export function settleAlarm(ownerId: string): void {
  if (raised().size === 0) {
    return;
  }
  const pseudonym = anonymizeUserId(ownerId);
  if (raised().delete(pseudonym)) {
    log.info({ event: "key_alarm_settled", user: pseudonym });
    dropAlarm(pseudonym).catch((error: unknown) => report(error, { where: "privacy.alarm" }));
  }
}

/**
 * Living people whose key was missing within the last day, by pseudonym, the newest first, for the status page: nothing
 * of theirs can be opened until the keyring or the newest key snapshot is put back.
 */
export async function listKeyAlarms(): Promise<KeyAlarm[]> {
  return await findAlarms();
}
