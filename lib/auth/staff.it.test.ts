import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";

// Who the last admin is concerns every row of the table, so these people live in a database of their own.
const database = `admins_${newId().replaceAll("-", "")}`;
const home = env.DATABASE_URL;

async function use(url: string) {
  vi.stubEnv("DATABASE_URL", url);
  Reflect.deleteProperty(globalThis, Symbol.for("recollect.once"));
  vi.resetModules();
  return {
    ...(await import("./store-for-tests")),
    ...(await import("./staff")),
    ...(await import("./invite")),
    ...(await import("./caller")),
    ...(await import("./session")),
    ...(await import("@/lib/conversation")),
    ...(await import("@/lib/customer")),
    ...(await import("@/lib/storage")),
    ...(await import("./password")),
  };
}

type Rooms = Awaited<ReturnType<typeof use>>;
let rooms: Rooms;
let passwordHash: string;

beforeAll(async () => {
  const outside = await use(home);
  await outside.createDatabase(database);
  await outside.closeAll();
  const url = new URL(home);
  url.pathname = database;
  rooms = await use(url.href);
  await rooms.migrate();
  passwordHash = await rooms.hashPassword("a walk in the hills");
});

afterAll(async () => {
  await rooms.closeAll();
  const outside = await use(home);
  await outside.dropDatabase(database);
  await outside.closeAll();
  vi.unstubAllEnvs();
});

const person = () => ({
  email: `${newId()}@staff.example`,
  name: "Ines",
  password: "a walk in the hills",
});

test("the first admin's link works once, and only while there is no admin", async () => {
  const older = await rooms.createFirstAdminInvite();
  const link = await rooms.createFirstAdminInvite();
  expect(await rooms.findInvite(older?.token ?? "")).toBeNull();
  expect(await rooms.findInvite(link?.token ?? "")).toMatchObject({ role: "admin", first: true });
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => rooms.takeInvite(link?.token ?? "", person())),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of tries) {
    if (each.status === "rejected") {
      expect(each.reason).toMatchObject({ code: "invite_invalid" });
    }
  }
  expect(await rooms.createFirstAdminInvite()).toBeNull();
});

test("a first admin's link is worthless once there is an admin by another way", async () => {
  await rooms.loseAllAdmins();
  const link = await rooms.createFirstAdminInvite();
  await newAdmin();
  await refused(link?.token ?? "");
});

test("an invite makes one lead; used, expired, withdrawn and made-up links make none", async () => {
  const admin = await newAdmin();
  const { token } = await rooms.inviteStaff(admin, "lead");
  const joined = await rooms.takeInvite(token, person());
  expect(joined.role).toBe("lead");
  await refused(token);
  await refused("made-up");

  const withdrawn = await rooms.inviteStaff(admin, "lead");
  const open = (await rooms.listInvites()).find(({ state }) => state === "open");
  await rooms.withdrawInvite(admin, open?.id ?? "");
  await refused(withdrawn.token);

  const expired = await rooms.inviteStaff(admin, "lead");
  await rooms.expireInvites("lead");
  await refused(expired.token);
});

test("a taken e-mail leaves the invite open", async () => {
  const admin = await newAdmin();
  const { token } = await rooms.inviteStaff(admin, "lead");
  const taken = rooms.takeInvite(token, { ...person(), email: admin.email });
  await expect(taken).rejects.toMatchObject({ code: "email_taken" });
  expect((await rooms.takeInvite(token, person())).role).toBe("lead");
});

test("the last admin can neither be demoted nor deactivated, however many try at once", async () => {
  const boss = await newAdmin();
  await newAdmin();
  const everyone = await activeAdmins();
  expect(everyone.length).toBeGreaterThan(1);
  const leaving = await Promise.allSettled(
    everyone.map(({ id }, at) =>
      at % 2 === 0
        ? rooms.changeRole(boss, id, "lead")
        : rooms.deactivateStaff(boss, id, rooms.returnToQueue),
    ),
  );
  const refusals = leaving.filter((each) => each.status === "rejected");
  expect(refusals.map(({ reason }) => reason.code)).toEqual(["last_admin"]);
  const [last, ...more] = await activeAdmins();
  expect(more).toEqual([]);
  const id = last?.id ?? "";
  await expect(rooms.changeRole(boss, id, "lead")).rejects.toMatchObject({ code: "last_admin" });
  await expect(rooms.deactivateStaff(boss, id, rooms.returnToQueue)).rejects.toMatchObject({
    code: "last_admin",
  });
});

test("other admins are counted without oneself, leads and whoever left", async () => {
  const all = await rooms.listStaff();
  const active = all.filter(({ role, state }) => role === "admin" && state === "active");
  const [one] = active;
  expect(await rooms.countOtherAdmins(one?.id ?? "")).toBe(active.length - 1);
  expect(await rooms.countOtherAdmins(newId())).toBe(active.length);
});

test("a deactivated lead is refused at the next request and what they owned returns to the queue", async () => {
  const boss = await newAdmin();
  const mara = await rooms.newStaff("lead", passwordHash);
  const session = await rooms.encodeSession(rooms.toToken(mara));
  expect(await rooms.identify({ session, guest: undefined })).toMatchObject({
    kind: "staff",
    role: "lead",
    name: "Mara Lindqvist",
  });
  const ada = await rooms.createGuest();
  const owned = await rooms.newConversation(ada.id, mara.id, "with_person");
  const assigned = await rooms.newConversation(ada.id, mara.id, "open");
  const others = await rooms.newConversation(ada.id, boss.id, "with_person");
  const gone = new Promise((resolve) => rooms.onNotify("gone", resolve));
  await new Promise((resolve) => setTimeout(resolve, 300));

  expect(await rooms.deactivateStaff(boss, mara.id, rooms.returnToQueue)).toBe(1);
  expect(await rooms.identify({ session, guest: undefined })).toBeNull();
  expect(await gone).toBe(mara.id);
  expect(await rooms.readConversation(owned)).toMatchObject({
    status: "waiting",
    owner: "NONE",
    assigneeId: null,
    generation: 2,
  });
  expect(await rooms.readConversation(assigned)).toMatchObject({
    status: "open",
    owner: "AI",
    assigneeId: null,
    generation: 1,
  });
  expect(await rooms.readConversation(others)).toMatchObject({ assigneeId: boss.id });
  expect(await rooms.listActs(boss.id)).toContain("user_deactivated");

  await rooms.reactivateStaff(boss, mara.id);
  expect(await rooms.identify({ session, guest: undefined })).toBeNull();
});

test("a changed role holds from the next request on, without a new session", async () => {
  const boss = await newAdmin();
  const mara = await rooms.newStaff("lead", passwordHash);
  const session = await rooms.encodeSession(rooms.toToken(mara));
  await rooms.changeRole(boss, mara.id, "admin");
  expect(await rooms.identify({ session, guest: undefined })).toMatchObject({ role: "admin" });
  await expect(rooms.changeRole(boss, newId(), "lead")).rejects.toMatchObject({
    code: "not_found",
  });
});

async function refused(token: string): Promise<void> {
  await expect(rooms.takeInvite(token, person())).rejects.toMatchObject({ code: "invite_invalid" });
}

async function newAdmin() {
  return { ...(await rooms.newStaff("admin", passwordHash)), role: "admin" as const };
}

async function activeAdmins() {
  const staff = await rooms.listStaff();
  return staff.filter(({ role, state }) => role === "admin" && state === "active");
}
