import { z } from "zod";
import { ConsentSetting, usualConsent } from "./schema-consent";
import { RetentionSetting, usualRetention } from "./schema-retention";

export { ConsentDraft, usualConsent } from "./schema-consent";
export {
  EXPORT_DAYS_MAX,
  RETENTION_DAYS_MAX,
  RETENTION_DAYS_MIN,
  RetentionFields,
  RetentionRules,
  type RetentionTier,
  retentionTiers,
  rulesOfFields,
  usualRetention,
} from "./schema-retention";

/** Every setting that admins change while the product runs: its shape, and what holds until somebody does. */
export const settings = {
  /** Whether the AI answers. Off, every message waits for a person. */
  answers: { shape: z.object({ on: z.boolean() }), usual: { on: true } },
  /** How long what is kept. */
  retention: { shape: RetentionSetting, usual: { rules: usualRetention, pending: null } },
  /** What customers agree to before their first message. */
  consent: { shape: ConsentSetting, usual: usualConsent },
} as const;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = z.output<(typeof settings)[Name]["shape"]>;

/** A setting as it stands; `version` 0 means that nobody has changed it yet. */
export type SettingState<Name extends SettingName> = {
  value: SettingValue<Name>;
  version: number;
  updatedBy: string | null;
  updatedAt: string | null;
};
