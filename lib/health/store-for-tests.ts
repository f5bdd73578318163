import { closePostgres, db } from "@/lib/storage";

export { closePostgres };

/** As on a new installation: nobody has ever run. */
export async function forgetAll(): Promise<void> {
  await db().process.deleteMany();
  await db().standing.deleteMany();
}

/** So many minutes pass without a word of this process. */
export async function keepSilent(id: string, minutes: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Process" SET seen_at = seen_at - make_interval(mins => ${minutes}::int) WHERE id = ${id}::uuid`;
}
