import { settingOf } from "@/lib/setting";
import type { RetentionRules } from "@/lib/setting/schema";
import { daysInForce } from "./retention-rules";

/** The days that hold now: what admins have set, as the operator's rule has it. */
export async function retentionDays(): Promise<RetentionRules> {
  return daysInForce((await settingOf("retention")).rules);
}
