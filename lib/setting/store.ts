import { isDeepStrictEqual } from "node:util";
import { db, notify, onNotify, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type SettingName, type SettingState, type SettingValue, settings } from "./schema";

const CHANNEL = "setting";

/** Hears the name of every setting that is changed, in any process. */
export const hearSettings = (handler: (name: string) => void) => onNotify(CHANNEL, handler);

type Row = { value: unknown; version: number; updatedBy: string | null; updatedAt: Date };

/** What stands in the table, or the usual value where nobody has set another, or one that a later version wrote. */
export async function findSetting<Name extends SettingName>(
  name: Name,
  tx?: Tx,
): Promise<SettingState<Name>> {
  const row = await db(tx).setting.findUnique({
    where: { key: name },
    select: { value: true, version: true, updatedBy: true, updatedAt: true },
  });
  return read(name, row);
}

function read<Name extends SettingName>(name: Name, row: Row | null): SettingState<Name> {
  const { shape, usual } = settings[name];
  const given = shape.safeParse(row?.value);
  return {
    value: (given.success ? given.data : usual) as SettingValue<Name>,
    version: row?.version ?? 0,
    updatedBy: row?.updatedBy ?? null,
    updatedAt: row?.updatedAt.toISOString() ?? null,
  };
}

export type Change<Name extends SettingName> = {
  before: SettingValue<Name>;
  after: SettingValue<Name>;
  version: number;
};

type Writing<Name extends SettingName> = {
  by: string;
  also: (tx: Tx, change: Change<Name>) => Promise<void>;
  within: Tx | undefined;
};

/**
 * Writes a setting, one writer after the other, with what belongs to the change; told to every process on commit. What
 * holds already is not written: who set it and when stays true.
 */
export async function writeSetting<Name extends SettingName>(
  name: Name,
  make: (before: SettingValue<Name>) => SettingValue<Name>,
  { by, also, within }: Writing<Name>,
): Promise<Change<Name>> {
  const write = async (tx: Tx): Promise<Change<Name>> => {
    await db(tx).$executeRaw`SELECT pg_advisory_xact_lock(hashtext('setting'), hashtext(${name}))`;
    const { value: before, version } = await findSetting(name, tx);
    const value = make(before);
    if (isDeepStrictEqual(before, value)) {
      return { before, after: value, version };
    }
    const data = { value, version: version + 1, updatedBy: by };
    await db(tx).setting.upsert({
      where: { key: name },
      create: { key: name, ...data },
      update: data,
      select: { key: true },
    });
    const change = { before, after: value, version: version + 1 };
    await also(tx, change);
    await notify(CHANNEL, name, tx);
    return change;
  };
  return await (within ? write(within) : transact(write));
}
