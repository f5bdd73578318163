import { readdir, readFile } from "node:fs/promises";
import { newId } from "@/lib/id";
import { closeNotify, closePostgres, db, transact } from "@/lib/storage";
import type { Role } from "./schema";
import { insertStaff } from "./store";

export async function closeAll(): Promise<void> {
  await closeNotify();
  await closePostgres();
}

/** A member of staff of one test, who can be found by nothing but what the test knows. */
export async function newStaff(role: Role, passwordHash: string) {
  const email = `${newId()}@staff.example`;
  const { id, epoch } = await transact((tx) =>
    insertStaff({ email, name: "Mara Lindqvist", role, passwordHash }, tx),
  );
  return { kind: "staff" as const, id, epoch, email, role, keyEpoch: 1, name: "Mara Lindqvist" };
}

/** A conversation of a customer, owned by a person or only assigned to them. */
export async function newConversation(
  customerId: string,
  assigneeId: string,
  status: "with_person" | "open",
): Promise<string> {
  const id = newId();
  const owner = status === "with_person" ? "HUMAN" : "AI";
  await db().conversation.create({ data: { id, customerId, assigneeId, status, owner } });
  return id;
}

export async function readConversation(id: string) {
  return await db().conversation.findUniqueOrThrow({ where: { id } });
}

export async function setCustomerState(id: string, state: "erasing" | "restricted") {
  await db().customer.update({ where: { id }, data: { state } });
}

export async function expireInvites(role: Role): Promise<void> {
  await db().invite.updateMany({
    where: { role, usedAt: null },
    data: { expiresAt: new Date(0) },
  });
}

/** What no door allows: only for a database of the test's own. */
export async function loseAllAdmins(): Promise<void> {
  await db().user.updateMany({ where: { role: "admin" }, data: { state: "deactivated" } });
}

export async function listActs(actor: string): Promise<string[]> {
  const waiting = await db().auditOutbox.findMany({ where: { actor }, orderBy: { id: "asc" } });
  const chained = await db().auditEntry.findMany({ where: { actor }, orderBy: { seq: "asc" } });
  return [...chained, ...waiting].map(({ action }) => action);
}

/** Empty tables in a database of its own: who is the last admin is a question about all of them. */
export async function createDatabase(name: string): Promise<void> {
  await db().$executeRawUnsafe(`CREATE DATABASE ${name}`);
}

export async function dropDatabase(name: string): Promise<void> {
  await db().$executeRawUnsafe(`DROP DATABASE ${name} WITH (FORCE)`);
}

export async function migrate(): Promise<void> {
  const names = await readdir("prisma/migrations", { withFileTypes: true });
  for (const { name } of names.filter((entry) => entry.isDirectory()).sort(byName)) {
    await db().$executeRawUnsafe(await readFile(`prisma/migrations/${name}/migration.sql`, "utf8"));
  }
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

export async function setStaffState(id: string, state: "active" | "deactivated"): Promise<void> {
  await db().user.update({ where: { id }, data: { state } });
}
