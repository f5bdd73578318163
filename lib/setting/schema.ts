import { z } from "zod";

/** Every setting that admins change while the product runs: its shape, and what holds until somebody does. */
export const settings = {
  /** Whether the AI answers. Off, every message waits for a person. */
  answers: { shape: z.object({ on: z.boolean() }), usual: { on: true } },
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
