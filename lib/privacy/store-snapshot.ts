import { type Session, withSession } from "@/lib/storage";
import type { SnapshotKey } from "./key-snapshot";

const SNAPSHOT_LOCK = 7_276_006;
const PAGE = 1_000;

/** Runs while nobody else writes or clears the key snapshot. */
export async function inSnapshotTurn<T>(run: (session: Session) => Promise<T>): Promise<T> {
  return await withSession(async (session) => {
    await session.query("SELECT pg_advisory_lock($1)", [SNAPSHOT_LOCK]);
    return await run(session);
  });
}

/**
 * Begins one view of the keys and says how many there are, and under which key-encryption keys. A key that is destroyed
 * meanwhile is cleared by its erasure, which waits for its turn.
 */
export async function surveyKeys(session: Session): Promise<{ keks: string[]; count: number }> {
  await session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const keks = await session.query<{ id: string }>(
    'SELECT DISTINCT kek_id AS id FROM "WrappedKey" ORDER BY 1',
  );
  const [row] = await session.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM "WrappedKey"',
  );
  return { keks: keks.map(({ id }) => id), count: row?.count ?? 0 };
}

/** Every wrapped key in order of its owner, as PostgreSQL orders ids: byte by byte. */
export async function* walkWrappedKeys(session: Session): AsyncGenerator<SnapshotKey[]> {
  for (let after: string | null = null; ; ) {
    const keys: SnapshotKey[] = await session.query<SnapshotKey>(
      `SELECT owner_id AS "ownerId", epoch, kek_id AS "kekId", wrapped FROM "WrappedKey"
       WHERE $1::uuid IS NULL OR owner_id > $1::uuid ORDER BY owner_id LIMIT ${PAGE}`,
      [after],
    );
    if (keys.length > 0) {
      yield keys;
    }
    after = keys.at(-1)?.ownerId ?? null;
    if (keys.length < PAGE) {
      return;
    }
  }
}
