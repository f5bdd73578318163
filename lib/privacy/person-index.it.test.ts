import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import {
  anonymizeUserId,
  decideMatch,
  findPeople,
  findPersonById,
  findRequest,
  indexEarlierPeople,
  indexPerson,
  keyOf,
  listAlike,
  openRequest,
  redact,
  redactAs,
  runErasure,
} from "./index";
import { db, makeCustomer, transact } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const unique = () => newId().replaceAll("-", "").slice(-12);
const letters = () => unique().replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "a");

async function idsOf(said: string): Promise<string[]> {
  return (await findPeople(said)).map(({ customerId }) => customerId);
}

test("a person is found by the e-mail, phone number or name that they wrote, and nobody by half of one", async () => {
  const owner = await makeCustomer();
  const key = await keyOf(owner);
  const email = `${unique()}@example.com`;
  const phone = `+49 30 9${String(Date.now()).slice(-7)}`;
  const name = `Ottilie ${letters()}`;
  await redact(key, `Write to ${email} or call ${phone}, please.`);
  await redactAs(key, "PERSON", name);
  expect(await idsOf(email.toUpperCase())).toEqual([owner.id]);
  expect(await idsOf(phone.replaceAll(" ", ""))).toEqual([owner.id]);
  expect(await idsOf(`  ${name.toLowerCase()} `)).toEqual([owner.id]);
  for (const half of [email.split("@")[0] ?? "", phone.slice(0, -1), "Ottilie"]) {
    expect(await idsOf(half)).not.toContain(owner.id);
  }
  const [found] = await findPeople(name);
  expect(found).toMatchObject({ pseudonym: anonymizeUserId(owner.id), matched: ["name"] });
  expect(JSON.stringify(found)).not.toContain("Ottilie");
  const rows = await db().personIndex.findMany({ where: { customerId: owner.id } });
  expect(rows.map(({ kind }) => kind).sort()).toEqual(["email", "name", "phone"]);
});

test("people who came before there was an index are found once the job has been there", async () => {
  const owner = await makeCustomer();
  const key = await keyOf(owner);
  const email = `${unique()}@example.com`;
  await redact(key, `I am ${email}.`);
  await db().personIndex.deleteMany({ where: { customerId: owner.id } });
  await db().keyMark.deleteMany({ where: { name: "people_indexed" } });
  expect(await idsOf(email)).toEqual([]);
  while ((await indexEarlierPeople()) > 0) {
    // Until nobody is left.
  }
  expect(await idsOf(email)).toEqual([owner.id]);
});

test("whoever is erased is found by nothing any more", async () => {
  const owner = await makeCustomer();
  const email = `${unique()}@example.com`;
  await redact(await keyOf(owner), `I am ${email}.`);
  const opened = { openedBy: "customer", openedById: owner.id, reason: "asked_online" } as const;
  const { id } = await openRequest({ kind: "erasure", customerId: owner.id, ...opened });
  await runErasure(id, dataMap);
  expect(await idsOf(email)).toEqual([]);
  expect(await findPersonById(owner.id, "id")).toBeNull();
  expect(await db().personIndex.count({ where: { customerId: owner.id } })).toBe(0);
});

test("another record with the same address is shown, and joined it is asked for the same of the same day", async () => {
  const [owner, guest, namesake] = [
    await makeCustomer(),
    await makeCustomer(),
    await makeCustomer(),
  ];
  const email = `${unique()}@example.com`;
  for (const { id } of [owner, guest, namesake]) {
    await transact((tx) => indexPerson(id, [{ kind: "email", value: email }], tx));
  }
  const receivedAt = new Date("2026-11-02T00:00:00Z");
  const opened = { openedBy: "staff", openedById: admin.id, reason: "asked_by_mail" } as const;
  const request = await openRequest({
    kind: "export",
    customerId: owner.id,
    ...opened,
    receivedAt,
  });
  const alike = () => listAlike({ id: request.id, customerId: owner.id });
  expect((await alike()).map(({ customerId }) => customerId).sort()).toEqual(
    [guest.id, namesake.id].sort(),
  );
  const joined = await decideMatch(admin, request.id, { customerId: guest.id, joined: true });
  expect(joined).toMatchObject({
    kind: "export",
    customerId: guest.id,
    joinedToId: request.id,
    dueAt: request.dueAt,
  });
  await decideMatch(admin, request.id, { customerId: namesake.id, joined: false });
  expect(await alike()).toEqual([]);
  const untouched = await db().dataRequest.count({ where: { customerId: namesake.id } });
  expect(untouched).toBe(0);
  await expect(
    decideMatch(admin, request.id, { customerId: owner.id, joined: true }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await findRequest(admin, joined?.id ?? "")).toMatchObject({ state: "received" });
});
