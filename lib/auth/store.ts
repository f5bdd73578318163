import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { blindIndex, createKey, keyOf, open, seal } from "@/lib/privacy";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Role, StaffMember } from "./schema";

/** Staff keys are made once and never replaced in place. */
export const STAFF_KEY_EPOCH = 1;

function place(id: string, column: "name_sealed" | "email_sealed") {
  return { table: "User", row: id, column };
}

/** Everything or nothing; a taken e-mail is `email_taken`. */
export async function inTransaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(run);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new Refusal("email_taken", { cause: error });
    }
    throw error;
  }
}

/** The look-up of every request of staff. The name is opened, because every page of theirs shows it. */
export async function findStaffRow(id: string) {
  const row = await db().user.findUnique({
    where: { id },
    select: { id: true, role: true, state: true, sessionEpoch: true, nameSealed: true },
  });
  if (!row) {
    return null;
  }
  const key = await keyOf({ id, keyEpoch: STAFF_KEY_EPOCH });
  return { ...row, name: open(key, place(id, "name_sealed"), row.nameSealed) };
}

const credentials = {
  id: true,
  role: true,
  state: true,
  sessionEpoch: true,
  passwordHash: true,
} as const;

export async function findStaffByEmail(email: string) {
  return await db().user.findUnique({
    where: { emailIndex: blindIndex("email", email) },
    select: credentials,
  });
}

export async function findStaffByIdentity(issuer: string, subject: string) {
  return await db().user.findUnique({
    where: { subjectIndex: identityIndex(issuer, subject) },
    select: credentials,
  });
}

function identityIndex(issuer: string, subject: string): string {
  return blindIndex("oidc", JSON.stringify([issuer, subject]));
}

/** Binds an account to somebody who has none; false when they have. */
export async function setStaffIdentity(
  id: string,
  issuer: string,
  subject: string,
): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { id, subjectIndex: null },
    data: { subjectIndex: identityIndex(issuer, subject) },
  });
  return count === 1;
}

export type NewStaff = { email: string; name: string; role: Role; passwordHash: string };

export async function insertStaff(staff: NewStaff, tx: Tx): Promise<{ id: string; epoch: number }> {
  const id = newId();
  const key = await createKey(id, tx);
  const row = await db(tx).user.create({
    data: {
      id,
      role: staff.role,
      emailIndex: blindIndex("email", staff.email),
      emailSealed: seal(key, place(id, "email_sealed"), staff.email),
      nameSealed: seal(key, place(id, "name_sealed"), staff.name),
      passwordHash: staff.passwordHash,
    },
    select: { sessionEpoch: true },
  });
  return { id, epoch: row.sessionEpoch };
}

export async function findStaffEmail(id: string): Promise<string | null> {
  const row = await db().user.findUnique({ where: { id }, select: { emailSealed: true } });
  if (!row) {
    return null;
  }
  const key = await keyOf({ id, keyEpoch: STAFF_KEY_EPOCH });
  return open(key, place(id, "email_sealed"), row.emailSealed);
}

export async function findStaffPassword(id: string): Promise<string | null> {
  const row = await db().user.findUnique({ where: { id }, select: { passwordHash: true } });
  return row?.passwordHash ?? null;
}

/** Ends every session of a person; with a hash, their password changes in the same step. */
export async function renewStaffSessions(
  id: string,
  change: { passwordHash?: string },
  tx: Tx,
): Promise<number> {
  const row = await db(tx).user.update({
    where: { id },
    data: { ...change, sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return row.sessionEpoch;
}

export async function touchStaff(id: string, tx: Tx): Promise<void> {
  await db(tx).user.update({ where: { id }, data: { lastSeenAt: new Date() } });
}

/** Everybody who works or worked here, oldest first: teams are small enough for one page. */
export async function listStaffRows(): Promise<StaffMember[]> {
  const rows = await db().user.findMany({ orderBy: { id: "asc" }, take: 500 });
  return await Promise.all(
    rows.map(async (row) => {
      const key = await keyOf({ id: row.id, keyEpoch: STAFF_KEY_EPOCH });
      return {
        id: row.id,
        role: row.role,
        state: row.state,
        name: open(key, place(row.id, "name_sealed"), row.nameSealed),
        email: open(key, place(row.id, "email_sealed"), row.emailSealed),
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
      };
    }),
  );
}
