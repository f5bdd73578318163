import { closePostgres, db } from "@/lib/storage";

export { closePostgres };

export async function dropSetting(key: string): Promise<void> {
  await db().setting.deleteMany({ where: { key } });
}

/** A row whose value has another shape than this version knows. */
export async function spoilSetting(key: string): Promise<void> {
  await db().setting.update({ where: { key }, data: { value: { on: "sometimes" } } });
}
