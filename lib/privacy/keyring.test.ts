import fc from "fast-check";
import { expect, test } from "vitest";
import { keyringText, parseKeyring, ringWith, unwrap, wrap } from "./keyring";
import { rotateKeys } from "./rotate";
import { SealError } from "./seal-error";

const one = Buffer.alloc(32, 1).toString("base64");
const two = Buffer.alloc(32, 2).toString("base64");
const ring = parseKeyring(JSON.stringify({ current: "k1", keys: { k1: one, k2: two } }));
const owner = "01936b2e-0000-7000-8000-000000000001";

test("a wrapped key unwraps for its owner and epoch only", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uuid(), (master, stranger) => {
      const held = wrap(ring, owner, 1, master);
      expect(unwrap(ring, owner, 1, held)).toEqual(Buffer.from(master));
      expect(() => unwrap(ring, stranger, 1, held)).toThrow(SealError);
      expect(() => unwrap(ring, owner, 2, held)).toThrow(SealError);
      expect(() => unwrap(ring, owner, 1, { ...held, kekId: "k2" })).toThrow(SealError);
      const cut = { ...held, wrapped: held.wrapped.slice(0, -1) };
      expect(() => unwrap(ring, owner, 1, cut)).toThrow(SealError);
    }),
  );
});

test("a key-encryption key that is not there is named", () => {
  const held = wrap(ring, owner, 1, Buffer.alloc(32));
  expect(() => unwrap(ring, owner, 1, { ...held, kekId: "k9" })).toThrow("k9");
});

test("a wrong keyring is refused without quoting it", () => {
  const short = JSON.stringify({ current: "k1", keys: { k1: "c2hvcnQ=" } });
  expect(() => parseKeyring(short)).toThrow("32 bytes");
  expect(() => parseKeyring(short)).not.toThrow(/c2hvcnQ/);
  expect(() => parseKeyring(`{"current": "k1", "keys": {"k1": "${one}`)).toThrow("not JSON");
  expect(() => parseKeyring(JSON.stringify({ current: "k3", keys: { k1: one } }))).toThrow(
    "current key",
  );
});

test("a key that was added to the keyring is found without a restart", () => {
  const holder = { ring: parseKeyring(JSON.stringify({ current: "k1", keys: { k1: one } })) };
  let reads = 0;
  const reread = () => {
    reads += 1;
    return ring;
  };
  expect(ringWith(holder, "k1", reread).current).toBe("k1");
  expect(reads).toBe(0);
  expect(ringWith(holder, "k2", reread).keys.has("k2")).toBe(true);
  expect(ringWith(holder, "k2", reread).keys.has("k2")).toBe(true);
  expect(reads).toBe(1);
});

test("a keyring is written as it is read, with what is about to be destroyed", () => {
  const rotating = parseKeyring(
    JSON.stringify({ current: "k2", keys: { k1: one, k2: two }, retiring: ["k1"] }),
  );
  expect(parseKeyring(keyringText(rotating))).toEqual(rotating);
  expect(keyringText(ring)).not.toContain("retiring");
});

test("a rotation of a keyring in the environment says what to do instead", async () => {
  await expect(rotateKeys()).rejects.toThrow(/set KEYRING_FILE/);
});
