import "server-only";
import { once } from "@/lib/once";
import type { Tx } from "@/lib/storage/schema";
import {
  type SettingName,
  type SettingState,
  type SettingValue,
  settings as shapes,
} from "./schema";
import { type Change, findSetting, hearSettings, writeSetting } from "./store";

/**
 * What admins change while the product runs, typed and versioned. Every process hears of a change by NOTIFY; one that
 * was out of reach finds it within a second and a half.
 */
export type { SettingName, SettingState, SettingValue } from "./schema";

const FRESH_MS = 1_500;

type Held = { until: number; state: Promise<SettingState<SettingName>> };

function cache(): Map<SettingName, Held> {
  return once("settings", () => {
    const held = new Map<SettingName, Held>();
    hearSettings((name) => held.delete(name as SettingName));
    return held;
  });
}

/** A setting as it stands, at most 1.5 s old. What must not be wrong for even that long asks the table in its own SQL. */
export async function readSetting<Name extends SettingName>(
  name: Name,
): Promise<SettingState<Name>> {
  const held = cache();
  const known = held.get(name);
  if (known && known.until > performance.now()) {
    return (await known.state) as SettingState<Name>;
  }
  const state = findSetting(name);
  const entry = { until: performance.now() + FRESH_MS, state: state as Held["state"] };
  held.set(name, entry);
  state.catch(() => held.get(name) === entry && held.delete(name));
  return await state;
}

/** The value alone. */
export async function settingOf<Name extends SettingName>(name: Name): Promise<SettingValue<Name>> {
  return (await readSetting(name)).value;
}

/**
 * Changes a setting: to a value, or to what is made of the one that stands, under the lock of all who change it; what
 * that throws is thrown, and nothing is changed. `also` runs in the same transaction with the old and the new value: the audit entry, which this
 * room cannot write itself. `within` is a transaction that is more than this change.
 */
export async function changeSetting<Name extends SettingName>(
  name: Name,
  given: SettingValue<Name> | ((before: SettingValue<Name>) => SettingValue<Name>),
  by: string,
  also: (tx: Tx, change: Change<Name>) => Promise<void>,
  within?: Tx,
): Promise<Change<Name>> {
  const make = typeof given === "function" ? given : () => given;
  const checked = (before: SettingValue<Name>) =>
    shapes[name].shape.parse(make(before)) as SettingValue<Name>;
  const change = await writeSetting(name, checked, { by, also, within });
  cache().delete(name);
  return change;
}

/** Calls the handler whenever this setting was changed by any process; returns how to leave. */
export function onSettingChange(name: SettingName, handler: () => void): () => void {
  // First, so that whoever asks in the handler is not given the old value.
  cache();
  return hearSettings((changed) => {
    if (changed === name) {
      handler();
    }
  });
}
