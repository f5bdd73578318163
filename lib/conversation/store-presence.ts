import { db } from "@/lib/storage";
import { ringQueue } from "./store-events";
import { PRESENT_SECONDS } from "./store-queue";

/** A console that closes may be on its way to another page: its lead stays for so long. */
const GRACE_SECONDS = 5;

/** A console is open, by the database's clock; said again while it lasts. Answers true for the first time. */
export async function beHere(consoleId: string, staffId: string): Promise<boolean> {
  const [row] = await db().$queryRaw<{ fresh: boolean }[]>`
    INSERT INTO "Presence" (id, user_id, seen_at)
    SELECT ${consoleId}::uuid, u.id, clock_timestamp() FROM "User" u WHERE u.id = ${staffId}::uuid
    ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()
    RETURNING xmax::text = '0' AS fresh`;
  return row?.fresh ?? false;
}

/** A console closed. Its lead counts for a moment longer, so that a change of page is not seen by customers. */
export async function leave(consoleId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Presence" SET seen_at = least(seen_at,
      clock_timestamp() - make_interval(secs => ${PRESENT_SECONDS - GRACE_SECONDS}::int))
    WHERE id = ${consoleId}::uuid`;
  setTimeout(() => void ringQueue(), (GRACE_SECONDS + 0.5) * 1000).unref();
}

/** A lead says that they are away, or back. Holds on all their screens until they change it. */
export async function setAway(staff: { id: string }, away: boolean): Promise<void> {
  await db().user.updateMany({ where: { id: staff.id }, data: { away } });
  await ringQueue();
}

export async function isAway(staff: { id: string }): Promise<boolean> {
  const row = await db().user.findUnique({ where: { id: staff.id }, select: { away: true } });
  return row?.away ?? false;
}

/** What a crashed process left behind. */
export async function removeStalePresence(): Promise<number> {
  return await db().$executeRaw`
    DELETE FROM "Presence"
    WHERE seen_at < clock_timestamp() - make_interval(secs => ${PRESENT_SECONDS * 2}::int)`;
}
