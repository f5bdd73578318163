import { db } from "@/lib/storage";
import type { KeyAlarm } from "./schema";

const SHOWN_MAX = 100;

/** Whether somebody still relies on this key; null when its owner is gone, or is being erased. */
export async function findLiving(ownerId: string, epoch: number): Promise<string | null> {
  const [row] = await db().$queryRaw<{ whose: string | null }[]>`
    SELECT CASE
      WHEN EXISTS (SELECT 1 FROM "Customer" WHERE id = ${ownerId}::uuid AND key_epoch = ${epoch}
        AND state IN ('active', 'restricted')) THEN 'customer'
      WHEN EXISTS (SELECT 1 FROM "User" WHERE id = ${ownerId}::uuid) THEN 'staff'
      WHEN EXISTS (SELECT 1 FROM "ExportFile" f JOIN "Customer" c ON c.id = f.customer_id
        WHERE f.id = ${ownerId}::uuid AND c.state IN ('active', 'restricted')) THEN 'export'
      END AS whose`;
  return row?.whose ?? null;
}

export async function upsertAlarm({
  pseudonym,
  code,
  whose,
}: Pick<KeyAlarm, "code" | "pseudonym" | "whose">): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "KeyAlarm" (pseudonym, code, whose) VALUES (${pseudonym}, ${code}, ${whose})
    ON CONFLICT (pseudonym) DO UPDATE SET code = EXCLUDED.code, whose = EXCLUDED.whose,
      count = "KeyAlarm".count + 1, last_at = clock_timestamp()`;
}

export async function dropAlarm(pseudonym: string): Promise<number> {
  return (await db().keyAlarm.deleteMany({ where: { pseudonym } })).count;
}

export async function countAlarms(pseudonym: string): Promise<number> {
  return await db().keyAlarm.count({ where: { pseudonym } });
}

export async function findAlarms(): Promise<KeyAlarm[]> {
  const rows = await db().$queryRaw<(Omit<KeyAlarm, "firstAt" | "lastAt"> & Times)[]>`
    SELECT pseudonym, code, whose, count, first_at AS "firstAt", last_at AS "lastAt"
    FROM "KeyAlarm" WHERE last_at > clock_timestamp() - interval '1 day'
    ORDER BY last_at DESC LIMIT ${SHOWN_MAX}::int`;
  return rows.map(({ firstAt, lastAt, ...row }) => ({
    ...row,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}

type Times = { firstAt: Date; lastAt: Date };
