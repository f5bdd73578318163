import { afterAll, expect, test } from "vitest";
import { createGuest, registerCustomer } from "@/lib/customer";
import { newId } from "@/lib/id";
import { anonymizeUserId, appendAudit, listAudit } from "@/lib/privacy";
import { renewSessions } from "./account";
import { identify } from "./caller";
import { signGuest } from "./guest-cookie";
import { hashPassword } from "./password";
import { encodeSession, toToken } from "./session";
import { checkCredentials } from "./sign-in";
import { closeAll, newStaff, setCustomerState } from "./store-for-tests";

afterAll(closeAll);

const password = "a walk in the hills";
const passwordHash = await hashPassword(password);
const nowhere = () => newId();

async function newCustomer(guestId: string | null = null) {
  const email = `${newId()}@customer.example`;
  const made = await registerCustomer(guestId, { email, name: "Ada", passwordHash });
  return { kind: "customer" as const, id: made.id, epoch: made.sessionEpoch, email };
}

const cookieOf = (person: { kind: "customer" | "staff"; id: string; epoch: number }) =>
  encodeSession(toToken(person));

test("a customer and a lead sign in by the same form", async () => {
  const ada = await newCustomer();
  const mara = await newStaff("lead", passwordHash);
  expect(await checkCredentials({ email: ada.email, password }, nowhere())).toMatchObject({
    kind: "customer",
    id: ada.id,
  });
  const shouted = { email: ` ${mara.email.toUpperCase()}`, password };
  expect(await checkCredentials(shouted, nowhere())).toMatchObject({ kind: "staff", id: mara.id });
});

test("a wrong password and an unknown e-mail get the same answer after similar work", async () => {
  const ada = await newCustomer();
  const known = await refusalOf(ada.email);
  const unknown = await refusalOf(`${newId()}@customer.example`);
  expect(known.error).toMatchObject({ code: "sign_in_failed" });
  expect(String(unknown.error)).toBe(String(known.error));
  expect(unknown.work).toBeGreaterThan(known.work / 5);
  expect(known.work).toBeGreaterThan(unknown.work / 5);
});

test("a failed sign-in is written down: for whom where the account is known, and why", async () => {
  const [ada, mara] = [await newCustomer(), await newStaff("lead", passwordHash)];
  const fail = (email: string) =>
    expect(checkCredentials({ email, password: "wrong words" }, nowhere())).rejects.toThrow();
  await fail(ada.email);
  await fail(mara.email);
  await fail(`${newId()}@customer.example`);
  await appendAudit();
  const { entries } = await listAudit({ action: "sign_in_failed", limit: 200 });
  const ofStaff = entries.filter(({ actor }) => actor === mara.id);
  expect(ofStaff).toMatchObject([{ anonymizedUser: null, metadata: { reason: "wrong_password" } }]);
  const ofAda = entries.filter((each) => each.anonymizedUser === anonymizeUserId(ada.id));
  expect(ofAda).toMatchObject([{ actor: "customer", metadata: { reason: "wrong_password" } }]);
  expect(entries.find(({ actor }) => actor === "unknown")?.metadata).toEqual({
    method: "password",
    reason: "unknown_account",
  });
});

/** `work` is processor time of this process: unlike a clock, it is not moved by what else the machine does. */
async function refusalOf(email: string) {
  const before = process.cpuUsage();
  const given = { email, password: "not the password" };
  const error: unknown = await checkCredentials(given, nowhere()).catch((cause: unknown) => cause);
  const { user, system } = process.cpuUsage(before);
  return { error, work: user + system };
}

test("an account is throttled after ten wrong tries, from wherever they come, even for the right one", async () => {
  const ada = await newCustomer();
  for (let tries = 0; tries < 10; tries += 1) {
    const wrong = checkCredentials({ email: ada.email, password: "wrong words" }, nowhere());
    await expect(wrong).rejects.toMatchObject({ code: "sign_in_failed" });
  }
  const right = checkCredentials({ email: ada.email, password }, nowhere());
  await expect(right).rejects.toMatchObject({ code: "sign_in_throttled" });
});

test("an address is throttled after thirty wrong tries, whoever they are for", async () => {
  const address = nowhere();
  const tryOne = () =>
    checkCredentials({ email: `${newId()}@customer.example`, password: "x" }, address);
  const answers = await Promise.allSettled(Array.from({ length: 31 }, tryOne));
  const codes = answers.map((each) => (each.status === "rejected" ? each.reason.code : "in"));
  expect(codes.filter((code) => code === "sign_in_throttled")).toHaveLength(1);
});

test("right sign-ins are not counted as tries", async () => {
  const ada = await newCustomer();
  const address = nowhere();
  for (let tries = 0; tries < 12; tries += 1) {
    await checkCredentials({ email: ada.email, password }, address);
  }
});

test("a session speaks for its person, and ending all sessions ends it at once", async () => {
  const ada = await newCustomer();
  const session = await cookieOf(ada);
  expect(await identify({ session, guest: undefined })).toEqual({
    kind: "customer",
    id: ada.id,
    keyEpoch: 1,
    registered: true,
    memoryOn: true,
    restricted: false,
  });
  const epoch = await renewSessions({ kind: "customer", id: ada.id }, {});
  expect(await identify({ session, guest: undefined })).toBeNull();
  const fresh = await cookieOf({ ...ada, epoch });
  expect(await identify({ session: fresh, guest: undefined })).toMatchObject({ id: ada.id });
});

test("a changed password is the only one that opens, and ends older sessions", async () => {
  const mara = await newStaff("lead", passwordHash);
  const session = await cookieOf(mara);
  const next = "another walk entirely";
  await renewSessions(mara, { passwordHash: await hashPassword(next) });
  expect(await identify({ session, guest: undefined })).toBeNull();
  const old = checkCredentials({ email: mara.email, password }, nowhere());
  await expect(old).rejects.toMatchObject({ code: "sign_in_failed" });
  expect(await checkCredentials({ email: mara.email, password: next }, nowhere())).toMatchObject({
    id: mara.id,
  });
});

test("signed in wins over a guest's cookie, and the guest speaks again when the session is over", async () => {
  const guest = await createGuest();
  const ada = await newCustomer();
  const both = {
    session: await cookieOf(ada),
    guest: signGuest({ id: guest.id, epoch: guest.sessionEpoch }),
  };
  expect(await identify(both)).toMatchObject({ id: ada.id, registered: true });
  await renewSessions({ kind: "customer", id: ada.id }, {});
  expect(await identify(both)).toMatchObject({ id: guest.id, registered: false });
});

test("a guest who registers stays the same customer, and their old guest cookie is over", async () => {
  const guest = await createGuest();
  const cookie = signGuest({ id: guest.id, epoch: guest.sessionEpoch });
  const ada = await newCustomer(guest.id);
  expect(ada.id).toBe(guest.id);
  expect(await identify({ session: undefined, guest: cookie })).toBeNull();
  expect(await identify({ session: await cookieOf(ada), guest: cookie })).toMatchObject({
    id: guest.id,
    registered: true,
  });
});

test("another customer cannot register with an e-mail that is taken, and their guest stays a guest", async () => {
  const ada = await newCustomer();
  const guest = await createGuest();
  const taken = { email: ada.email.toUpperCase(), name: "Eve", passwordHash };
  await expect(registerCustomer(guest.id, taken)).rejects.toMatchObject({ code: "email_taken" });
  const cookie = signGuest({ id: guest.id, epoch: guest.sessionEpoch });
  expect(await identify({ session: undefined, guest: cookie })).toMatchObject({
    id: guest.id,
    registered: false,
  });
});

test("another customer cannot upgrade a registered customer's row", async () => {
  const ada = await newCustomer();
  const eve = await newCustomer(ada.id);
  expect(eve.id).not.toBe(ada.id);
});

test("a customer who is being erased is nobody at once, by session and by password", async () => {
  const ada = await newCustomer();
  const session = await cookieOf(ada);
  await setCustomerState(ada.id, "erasing");
  expect(await identify({ session, guest: undefined })).toBeNull();
  const again = checkCredentials({ email: ada.email, password }, nowhere());
  await expect(again).rejects.toMatchObject({ code: "sign_in_failed" });
});

test("a customer's id in a staff session opens nothing", async () => {
  const ada = await newCustomer();
  const session = await cookieOf({ ...ada, kind: "staff" });
  expect(await identify({ session, guest: undefined })).toBeNull();
});
