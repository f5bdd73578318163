import { Refusal, type RefusalCode } from "@/lib/errors";
import { newId } from "@/lib/id";
import type { SubjectKey } from "@/lib/privacy";
import { blindIndex, createKey, keyOf, open, seal } from "@/lib/privacy";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { CustomerState, CustomerView, Tier } from "./schema";
import { indexAccount } from "./store-correct";

const columns = { name: "name_sealed", email: "email_sealed" } as const;

function place(id: string, column: keyof typeof columns) {
  return { table: "Customer", row: id, column: columns[column] };
}

/** Everything or nothing; a row that a unique index refused becomes the given refusal. */
export async function inTransaction<T>(
  run: (tx: Tx) => Promise<T>,
  taken?: RefusalCode,
): Promise<T> {
  try {
    return await transact(run);
  } catch (error) {
    if (taken && isUniqueViolation(error)) {
      throw new Refusal(taken, { cause: error });
    }
    throw error;
  }
}

/** A guest and the key that seals all they will ever say, made together or not at all. */
export async function insertGuest(): Promise<{
  id: string;
  keyEpoch: number;
  sessionEpoch: number;
}> {
  return await transact(async (tx) => {
    const id = newId();
    const row = await db(tx).customer.create({
      data: { id },
      select: { id: true, keyEpoch: true, sessionEpoch: true },
    });
    await createKey(id, tx);
    return row;
  });
}

/** What a caller needs and nothing sealed: the look-up that every request makes. */
export async function findRow(id: string): Promise<CallerRow | null> {
  const [row] = await db().$queryRaw<CallerRow[]>`
    SELECT id, kind::text, state::text, key_epoch AS "keyEpoch", session_epoch AS "sessionEpoch",
      memory_on AS "memoryOn"
    FROM "Customer" WHERE id = ${id}::uuid`;
  return row ?? null;
}

type CallerRow = {
  id: string;
  kind: "guest" | "registered";
  state: CustomerState;
  keyEpoch: number;
  sessionEpoch: number;
  memoryOn: boolean;
};

export async function findView(id: string): Promise<CustomerView | null> {
  const row = await findWhole(id);
  return row ? await openRow(row) : null;
}

function findWhole(id: string) {
  return db().customer.findUnique({ where: { id } });
}

type Row = NonNullable<Awaited<ReturnType<typeof findWhole>>>;

async function openRow(row: Row): Promise<CustomerView> {
  // The key of an erased person is gone, and nothing sealed is left to open with it.
  const sealed = row.nameSealed ?? row.emailSealed;
  const key = sealed && isReadable(row.state) ? await keyOf(row) : null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    keyEpoch: row.keyEpoch,
    sessionEpoch: row.sessionEpoch,
    tier: row.tier,
    memoryOn: row.memoryOn,
    name: opened(key, row.id, "name", row.nameSealed),
    email: opened(key, row.id, "email", row.emailSealed),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  };
}

function opened(
  key: SubjectKey | null,
  id: string,
  column: keyof typeof columns,
  sealed: Uint8Array | null,
): string | null {
  return key && sealed ? open(key, place(id, column), sealed) : null;
}

/** Erasing and erased read as closed. */
export function isReadable(state: CustomerState): boolean {
  return state === "active" || state === "restricted";
}

/** By e-mail, for signing in: only an index is compared, nothing is opened. */
export async function findCredentialRow(email: string, tx?: Tx) {
  return await db(tx).customer.findUnique({
    where: { emailIndex: blindIndex("email", email) },
    select: { id: true, state: true, sessionEpoch: true, passwordHash: true },
  });
}

export async function findBySubject(issuer: string, subject: string) {
  return await db().customer.findUnique({
    where: { subjectIndex: subjectIndex(issuer, subject) },
    select: { id: true, state: true, sessionEpoch: true },
  });
}

function subjectIndex(issuer: string, subject: string): string {
  return blindIndex("oidc", JSON.stringify([issuer, subject]));
}

export type Registration = {
  email: string;
  name: string;
  passwordHash?: string;
  identity?: { issuer: string; subject: string };
};

/**
 * Makes a guest's row a registered customer's. A new session epoch ends the guest's cookie, on every device.
 * Answers null when the row is no active guest (any more).
 */
export async function upgradeGuest(id: string, registration: Registration, tx: Tx) {
  const row = await db(tx).customer.findFirst({
    where: { id, kind: "guest", state: "active" },
    select: { id: true, keyEpoch: true },
  });
  if (!row) {
    return null;
  }
  const key = await keyOf(row, tx);
  const changed = await db(tx).customer.updateManyAndReturn({
    where: { id, kind: "guest", state: "active" },
    data: { ...identify(key, id, registration), sessionEpoch: { increment: 1 } },
    select: { id: true, sessionEpoch: true },
  });
  await indexAccount(id, registration, tx);
  return changed[0] ?? null;
}

/** A registered customer from nothing. */
export async function insertRegistered(registration: Registration, tx: Tx) {
  const id = newId();
  await db(tx).customer.create({ data: { id } });
  const key = await createKey(id, tx);
  await indexAccount(id, registration, tx);
  return await db(tx).customer.update({
    where: { id },
    data: identify(key, id, registration),
    select: { id: true, sessionEpoch: true },
  });
}

function identify(key: SubjectKey, id: string, registration: Registration) {
  const { email, name, passwordHash, identity } = registration;
  return {
    kind: "registered" as const,
    tier: "standard" as const,
    emailIndex: blindIndex("email", email),
    emailSealed: seal(key, place(id, "email"), email),
    nameSealed: seal(key, place(id, "name"), name),
    ...(passwordHash ? { passwordHash } : {}),
    ...(identity ? { subjectIndex: subjectIndex(identity.issuer, identity.subject) } : {}),
  };
}

export async function setSubject(id: string, issuer: string, subject: string): Promise<boolean> {
  const { count } = await db().customer.updateMany({
    where: { id, subjectIndex: null },
    data: { subjectIndex: subjectIndex(issuer, subject) },
  });
  return count === 1;
}

export async function findPasswordHash(id: string): Promise<string | null> {
  const row = await db().customer.findUnique({ where: { id }, select: { passwordHash: true } });
  return row?.passwordHash ?? null;
}

/** Ends every session of the customer; with a hash, their password changes in the same step. */
export async function renewSessions(
  id: string,
  change: { passwordHash?: string },
  tx: Tx,
): Promise<number> {
  const row = await db(tx).customer.update({
    where: { id },
    data: { ...change, sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return row.sessionEpoch;
}

export async function touch(id: string, tx?: Tx): Promise<void> {
  await db(tx).customer.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
}

export async function rename(id: string, name: string): Promise<void> {
  const row = await db().customer.findUniqueOrThrow({
    where: { id },
    select: { id: true, keyEpoch: true },
  });
  const key = await keyOf(row);
  await db().customer.update({
    where: { id, state: "active" },
    data: { nameSealed: seal(key, place(id, "name"), name) },
  });
}

/** True when that changed anything. */
export async function writeMemoryOn(id: string, on: boolean, tx: Tx): Promise<boolean> {
  const { count } = await db(tx).customer.updateMany({
    where: { id, memoryOn: !on },
    data: { memoryOn: on },
  });
  return count === 1;
}

export async function writeTier(id: string, tier: Tier, tx: Tx): Promise<Tier | null> {
  const [row] = await db(tx).$queryRaw<{ previous: Tier }[]>`
    UPDATE "Customer" c SET tier = ${tier}::"Tier"
    FROM (SELECT id, tier FROM "Customer" WHERE id = ${id}::uuid FOR UPDATE) AS before
    WHERE c.id = before.id RETURNING before.tier::text AS previous`;
  return row?.previous ?? null;
}

/** Newest first, by keyset; only people who can still be read. */
export async function listViews(
  before: string | null,
  limit: number,
): Promise<{ items: CustomerView[]; next: string | null }> {
  const rows = await db().customer.findMany({
    where: {
      state: { in: ["active", "restricted"] },
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const items = await Promise.all(shown.map(openRow));
  return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
