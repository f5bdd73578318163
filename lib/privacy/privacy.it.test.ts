import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import {
  asRedacted,
  createKey,
  destroyKey,
  forgetKey,
  keyOf,
  listMissingKeks,
  open,
  redact,
  redactAfter,
  redactPii,
  restore,
  restorer,
  type SubjectKey,
  seal,
  startForgetting,
} from "./index";
import { db, makeCustomer, notify, transact } from "./store-fixture";

let key: SubjectKey;

beforeAll(async () => {
  key = await keyOf(await makeCustomer());
});

test("a customer's e-mail and phone are kept in the vault and put back", async () => {
  const text = "Write to Mia@Example.com or call 555-123-4567 about #ORD-789456";
  const redacted = await redact(key, text);
  expect(redacted).toBe("Write to [EMAIL_1] or call [PHONE_1] about #ORD-789456");
  expect(await restore(key, redacted)).toBe(text);
});

test("the same value has the same placeholder, a new one the next number", async () => {
  const own = await keyOf(await makeCustomer());
  expect(await redact(own, "a@example.com, b@example.com")).toBe("[EMAIL_1], [EMAIL_2]");
  expect(await redact(own, "B@example.com c@example.com a@example.com")).toBe(
    "[EMAIL_2] [EMAIL_3] [EMAIL_1]",
  );
});

test("a name has one placeholder however it is written, and an address comes back over its lines", async () => {
  const own = await keyOf(await makeCustomer());
  const text =
    "I am Sarah Connor, 12 Maple Drive,\nSpringfield, IL 62704. My manager is John Davis.";
  const redacted = await redact(own, text);
  expect(redacted).toBe("I am [PERSON_1], [ADDRESS_1]. My manager is [PERSON_2].");
  expect(await restore(own, redacted)).toBe(text);
  expect(await redact(own, "Dear Ms. SARAH CONNOR, dear John  Davis")).toBe(
    "Dear Ms. [PERSON_1], dear [PERSON_2]",
  );
});

test("what a stream says before tells a name from a word", async () => {
  const own = await keyOf(await makeCustomer());
  const pieces = ["My name is ", "Quorvin", " and I wait"];
  let before = "";
  let out = "";
  for (const piece of pieces) {
    out += await redactAfter(own, before, piece);
    before += piece;
  }
  expect(out).toBe("My name is [PERSON_1] and I wait");
});

test("a text that is full of names fills no vault", async () => {
  const own = await makeCustomer();
  const letters = "abcdefghij";
  const names = Array.from(
    { length: 150 },
    (_, at) =>
      `Mr. Brask${letters[Math.floor(at / 10) % 10]}${letters[at % 10]}${at > 99 ? "o" : "u"}`,
  );
  const redacted = await redact(await keyOf(own), names.join(", "));
  expect(redacted).not.toContain("Brask");
  expect(redacted).toContain("[PERSON_100], Mr. [PERSON], Mr. [PERSON]");
  expect(await db().vault.count({ where: { customerId: own.id } })).toBe(100);
});

test("redacting twice changes nothing", async () => {
  const once = await redact(key, "IBAN DE89370400440532013000, from 203.0.113.7");
  expect(once).toBe("IBAN [IBAN_1], from [IP_1]");
  expect(await redact(key, once)).toBe(once);
});

test("cards and secrets are kept nowhere", async () => {
  const redacted = await redact(key, "4111 1111 1111 1111 and my password is hunter2");
  expect(redacted).toBe("[CARD] and my password is [SECRET]");
  expect(await restore(key, redacted)).toBe(redacted);
});

test("two messages at once with one new value get one number", async () => {
  const own = await keyOf(await makeCustomer());
  const texts = Array.from({ length: 12 }, (_, at) => `same@example.com and only${at}@example.com`);
  const redacted = await Promise.all(texts.map((text) => redact(own, text)));
  const first = new Set(redacted.map((text) => text.split(" ")[0]));
  expect(first.size).toBe(1);
  const others = new Set(redacted.map((text) => text.split(" ")[2]));
  expect(others.size).toBe(12);
});

test("another customer cannot put the values back, and the owner still can", async () => {
  const redacted = await redact(key, "mia@example.com");
  const stranger = await keyOf(await makeCustomer());
  expect(await restore(stranger, redacted)).toBe(redacted);
  expect((await restore(key, redacted)).toLowerCase()).toBe("mia@example.com");
});

test("a stream is restored the same, however it is cut", async () => {
  const own = await keyOf(await makeCustomer());
  const text = await redact(
    own,
    "[a] x@example.com [EMAIL_ [[y@example.com] Dear John Davis, 12 Maple Drive [PHON [ADDRES",
  );
  const whole = await restore(own, text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
      const stream = restorer(own);
      let out = "";
      for (let at = 0, turn = 0; at < text.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        out += await stream.push(text.slice(at, at + size));
        at += size;
      }
      expect(out + (await stream.end())).toBe(whole);
    }),
    { numRuns: 40 },
  );
});

test("what leaves the customer's scope is redacted for good", () => {
  expect(redactPii("mia@example.com, 4111111111111111")).toBe("[REDACTED], [REDACTED]");
});

test("a key is loaded again after it was forgotten, and opens what it sealed", async () => {
  const owner = await makeCustomer();
  const place = { table: "Message", row: newId(), column: "body_sealed" };
  const sealed = seal(await keyOf(owner), place, "text");
  forgetKey(owner.id);
  expect(open(await keyOf(owner), place, sealed)).toBe("text");
});

test("a destroyed key is missing at once, and so is one of another epoch", async () => {
  const owner = await makeCustomer();
  await keyOf(owner);
  await expect(keyOf({ ...owner, keyEpoch: 2 })).rejects.toMatchObject({ code: "key_missing" });
  await transact((tx) => destroyKey(owner.id, tx));
  await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_unavailable" });
});

test("a key of a transaction that was rolled back is not used afterwards", async () => {
  const id = newId();
  const failed = transact(async (tx) => {
    await createKey(id, tx);
    await keyOf({ id, keyEpoch: 1 }, tx);
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  await expect(keyOf({ id, keyEpoch: 1 })).rejects.toMatchObject({ code: "key_missing" });
});

test("nothing is kept for a customer who is not there", async () => {
  const stray = await transact((tx) => createKey(newId(), tx));
  await expect(redact(stray, "mia@example.com")).rejects.toMatchObject({ code: "not_found" });
});

test("no key-encryption key is missing while the keyring has them all", async () => {
  expect(await listMissingKeks()).toEqual([]);
});

test("a placeholder that nobody has been given stays as it is", async () => {
  expect(await restore(key, asRedacted("[EMAIL_999] [CARD]"))).toBe("[EMAIL_999] [CARD]");
});

test("a process forgets a key as soon as another says that its owner is gone", async () => {
  const owner = await makeCustomer();
  await keyOf(owner);
  await db().wrappedKey.delete({ where: { ownerId: owner.id } });
  await keyOf(owner);
  const stop = startForgetting();
  await expect
    .poll(async () => {
      await notify("gone", owner.id);
      return await keyOf(owner).then(
        () => "cached",
        (error: { code: string }) => error.code,
      );
    })
    .toBe("key_unavailable");
  stop();
});

test("what was redacted comes back as it was written, wherever the values stand", async () => {
  const own = await keyOf(await makeCustomer());
  const piece = fc.constantFrom(
    "mia@example.com",
    "555-123-4567",
    "+49 30 901820",
    "DE89370400440532013000",
    "my name is Sarah Connor",
    "12 Maple Drive",
    "203.0.113.7",
    "#ORD-789456",
    "and",
    "(see",
    "it):",
    "\n",
    "👋🏽",
    "«נכון»",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const text = pieces.join(", ");
      const redacted = await redact(own, text);
      expect(redacted).not.toMatch(/@|555-123|901820|DE89|203\.0|Connor|Maple/);
      expect(redacted.split("#ORD-789456").length).toBe(text.split("#ORD-789456").length);
      expect(await restore(own, redacted)).toBe(text);
    }),
    { numRuns: 60 },
  );
});
