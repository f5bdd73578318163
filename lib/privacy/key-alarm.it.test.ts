import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { anonymizeUserId, keyOf, listKeyAlarms, openRequest, runErasure } from "./index";
import { raiseAlarm } from "./key-alarm";
import { forgetKey } from "./keys";
import { db, makeCustomer } from "./store-fixture";

type Owner = Awaited<ReturnType<typeof makeCustomer>>;

async function loseKey(owner: Owner) {
  const row = await db().wrappedKey.delete({ where: { ownerId: owner.id } });
  forgetKey(owner.id);
  return row;
}

async function alarmsOf(owner: Owner) {
  const pseudonym = anonymizeUserId(owner.id);
  return (await listKeyAlarms()).filter((alarm) => alarm.pseudonym === pseudonym);
}

test("a living customer's missing key is an alarm, once an hour, and never an empty account", async () => {
  const owner = await makeCustomer();
  const row = await loseKey(owner);
  for (let times = 0; times < 3; times += 1) {
    await expect(keyOf(owner)).rejects.toMatchObject({
      code: "key_unavailable",
      message: expect.stringContaining("Nothing is lost"),
    });
  }
  expect(await alarmsOf(owner)).toEqual([
    expect.objectContaining({ code: "key_absent", whose: "customer", count: 1 }),
  ]);
  await raiseAlarm(owner, "key_absent", Date.now() + 3_700_000);
  expect(await alarmsOf(owner)).toEqual([expect.objectContaining({ count: 2 })]);

  await db().wrappedKey.create({ data: row });
  expect((await keyOf(owner)).ownerId).toBe(owner.id);
  await expect.poll(() => alarmsOf(owner), { timeout: 15_000 }).toEqual([]);
});

test("a key whose key-encryption key is gone, and one that was changed, are alarms of their own names", async () => {
  const [one, other] = [await makeCustomer(), await makeCustomer()];
  await db().wrappedKey.update({ where: { ownerId: one.id }, data: { kekId: "k_gone" } });
  await db().wrappedKey.update({
    where: { ownerId: other.id },
    data: { wrapped: new Uint8Array(61).fill(1) },
  });
  for (const owner of [one, other]) {
    await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_unavailable" });
  }
  expect((await alarmsOf(one))[0]?.code).toBe("kek_absent");
  expect((await alarmsOf(other))[0]?.code).toBe("does_not_open");
  // For the tests beside this one, every key-encryption key is there.
  await db().wrappedKey.deleteMany({ where: { ownerId: { in: [one.id, other.id] } } });
});

test("an erased customer's missing key is no alarm, and an erasure takes theirs along", async () => {
  const owner = await makeCustomer();
  await loseKey(owner);
  await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_unavailable" });
  const opened = { openedBy: "customer", openedById: owner.id, reason: "other" } as const;
  const { id } = await openRequest({ kind: "erasure", customerId: owner.id, ...opened });
  await runErasure(id, dataMap);
  expect(await alarmsOf(owner)).toEqual([]);
  await expect(keyOf({ ...owner, keyEpoch: 2 })).rejects.toMatchObject({ code: "key_missing" });
  await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_missing" });
  expect(await alarmsOf(owner)).toEqual([]);
});
