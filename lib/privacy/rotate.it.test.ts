import { readFileSync, statSync } from "node:fs";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import { describeSnapshot } from "./key-snapshot";
import { freshKeyring, keyring, parseKeyring, unwrap, wrap } from "./keyring";
import { createKey, forgetKey, keyOf, listMissingKeks } from "./keys";
import { RotationRefused, rotateKeys } from "./rotate";
import { open, seal } from "./seal";
import { findWrappedKey, insertWrappedKey } from "./store";
import { closePostgres, db, makeCustomer, transact } from "./store-fixture";

const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("rotate"),
);

type Sealed = { id: string; keyEpoch: number; envelope: Uint8Array };
const place = { table: "Message", row: "r", column: "c" };
let people: Sealed[] = [];

const held = () => parseKeyring(readFileSync(own.keyringFile, "utf8"));

/** People in whose rows something is sealed, and a key that is nobody's row: an export's, or staff's. */
beforeEach(async () => {
  const customers = await Promise.all(Array.from({ length: 3 }, makeCustomer));
  const export_ = newId();
  await transact((tx) => createKey(export_, tx));
  people = await Promise.all(
    [...customers, { id: export_, keyEpoch: 1 }].map(async (owner) => ({
      ...owner,
      envelope: seal(await keyOf(owner), place, `of ${owner.id}`),
    })),
  );
});

afterAll(async () => {
  await closePostgres();
  await own.remove();
});

/** As a process that has just started, or whose cache has expired. */
async function expectAllOpen(): Promise<void> {
  for (const { envelope, ...owner } of people) {
    forgetKey(owner.id);
    expect(open(await keyOf(owner), place, envelope)).toBe(`of ${owner.id}`);
  }
}

test("a rotation wraps every key anew and destroys the old one, and everything opens as before", async () => {
  const before = held();
  const { kekId, destroyed, rewrapped, resumed } = await rotateKeys();
  expect(destroyed).toEqual([before.current]);
  expect(rewrapped).toBeGreaterThanOrEqual(people.length);
  expect(resumed).toBe(false);
  expect([...held().keys.keys()]).toEqual([kekId]);
  expect(statSync(own.keyringFile).mode & 0o777).toBe(0o600);
  expect(await db().wrappedKey.count({ where: { NOT: { kekId } } })).toBe(0);
  expect(describeSnapshot()?.keks).toEqual([kekId]);
  await expectAllOpen();
});

test("a rotation that was killed after any step is ended by the next one, and everything opens all the time", async () => {
  for (const last of ["begun", "rewrapped", "retired", "copied"] as const) {
    const [old = ""] = held().keys.keys();
    const kill = (step: string) => {
      if (step === last) {
        throw new Error(`killed after ${last}`);
      }
    };
    await expect(rotateKeys({ after: kill })).rejects.toThrow("killed");
    await expectAllOpen();
    const born = await makeCustomer();
    const { resumed, destroyed } = await rotateKeys();
    expect([resumed, destroyed]).toEqual([true, [old]]);
    expect([...held().keys.keys()]).toEqual([held().current]);
    await expectAllOpen();
    expect((await keyOf(born)).ownerId).toBe(born.id);
  }
});

test("a rotation that was killed right after the old key was destroyed has lost nothing", async () => {
  const kill = (step: string) => {
    if (step === "destroyed") {
      throw new Error("killed at the end");
    }
  };
  await expect(rotateKeys({ after: kill })).rejects.toThrow("killed");
  expect(await listMissingKeks()).toEqual([]);
  await expectAllOpen();
});

test("a customer made under the old key meanwhile is caught by the last pass, and none is made after it", async () => {
  const stale = held();
  const [early, late] = [newId(), newId()];
  const insertStale = (id: string) =>
    transact((tx) =>
      insertWrappedKey(id, { epoch: 1, ...wrap(stale, id, 1, Buffer.alloc(32, 3)) }, tx),
    );
  const stored: boolean[] = [];
  const done = await rotateKeys({
    after: async (step) => {
      if (step === "rewrapped") {
        stored.push(await insertStale(early));
      }
      if (step === "retired") {
        stored.push(await insertStale(late));
      }
    },
  });
  expect(stored).toEqual([true, false]);
  expect(done.late).toBe(1);
  const row = await findWrappedKey(early);
  expect(row && unwrap(held(), early, 1, row)).toEqual(Buffer.alloc(32, 3));
  expect(await findWrappedKey(late)).toBeNull();
});

test("customers who come while keys are rotated are all there afterwards", async () => {
  let rotating = true;
  const came: Promise<{ id: string; keyEpoch: number }[]> = (async () => {
    const made = [];
    while (rotating || made.length < 5) {
      made.push(await makeCustomer());
    }
    return made;
  })();
  try {
    for (let times = 0; times < 3; times += 1) {
      await rotateKeys();
    }
  } finally {
    rotating = false;
  }
  for (const owner of await came) {
    forgetKey(owner.id);
    expect((await keyOf(owner)).ownerId).toBe(owner.id);
  }
  await expectAllOpen();
});

test("a process that still holds the old keyring makes its next customer under the new key", async () => {
  const stale = held();
  await rotateKeys();
  const process = keyring();
  process.current = stale.current;
  process.keys.set(stale.current, stale.keys.get(stale.current) ?? Buffer.alloc(0));
  const owner = await makeCustomer();
  expect((await findWrappedKey(owner.id))?.kekId).toBe(held().current);
});

test("of two rotations at once one refuses, and the other ends", async () => {
  const refused = await rotateKeys({
    after: async (step) => {
      if (step === "begun") {
        await expect(rotateKeys()).rejects.toThrow("Another rotation runs");
      }
    },
  });
  expect(refused.destroyed).toHaveLength(1);
  await expectAllOpen();
});

test("a key that does not open keeps the old key from being destroyed", async () => {
  const [{ id = "" } = {}] = people;
  const row = await findWrappedKey(id);
  const broken = Uint8Array.from(row?.wrapped ?? []);
  broken[40] = (broken[40] ?? 0) ^ 1;
  await db().wrappedKey.update({ where: { ownerId: id }, data: { wrapped: broken } });
  await expect(rotateKeys()).rejects.toBeInstanceOf(RotationRefused);
  expect(held().keys.has(row?.kekId ?? "")).toBe(true);
  await db().wrappedKey.delete({ where: { ownerId: id } });
  people = people.filter((each) => each.id !== id);
  expect((await rotateKeys()).resumed).toBe(true);
  await expectAllOpen();
});

test("an erased customer's key does not come back under the new one", async () => {
  const [{ id = "" } = {}] = people;
  await rotateKeys({
    after: async (step) => {
      if (step === "begun") {
        await db().wrappedKey.delete({ where: { ownerId: id } });
      }
    },
  });
  expect(await findWrappedKey(id)).toBeNull();
});

test("keys under a key-encryption key that is not in the keyring stop a rotation before it begins", async () => {
  const before = readFileSync(own.keyringFile, "utf8");
  const ownerId = newId();
  const data = { ownerId, epoch: 1, kekId: "k_elsewhere", wrapped: new Uint8Array(61) };
  await db().wrappedKey.create({ data });
  await expect(rotateKeys()).rejects.toThrow("k_elsewhere");
  expect(readFileSync(own.keyringFile, "utf8")).toBe(before);
  await db().wrappedKey.delete({ where: { ownerId } });
  expect(freshKeyring().retiring).toEqual([]);
});
