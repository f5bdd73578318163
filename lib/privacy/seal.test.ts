import { createCipheriv, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { bodyMac, open, openBytes, openJson, seal, sealBytes, sealJson } from "./seal";
import { SealError } from "./seal-error";
import vectors from "./seal-vectors.json";
import { type Purpose, subjectKey } from "./subject-key";

const owner = "01936b2e-0000-7000-8000-000000000001";
const key = subjectKey(owner, 1, Buffer.alloc(32, 7));
const place = { table: "Message", row: "r1", column: "body_sealed" };

test.each(vectors.cases)("the published vector holds: $name", (each) => {
  const at = { table: each.table, row: each.row, column: each.column };
  const vectorKey = subjectKey(each.owner, 1, Buffer.from(each.key, "hex"));
  const purpose = each.purpose as Purpose;
  const sealed = sealBytes(
    vectorKey,
    purpose,
    at,
    Buffer.from(each.text),
    Buffer.from(each.iv, "hex"),
  );
  expect(Buffer.from(sealed).toString("hex")).toBe(each.envelope);
  const opened = openBytes(vectorKey, purpose, at, Buffer.from(each.envelope, "hex"));
  expect(opened.toString("utf8")).toBe(each.text);
  expect(Buffer.from(bodyMac(vectorKey, each.text)).toString("hex")).toBe(each.bodyMac);
});

test("a vector can be made from its description alone", () => {
  for (const each of vectors.cases) {
    const master = Buffer.from(each.key, "hex");
    const derived = (purpose: string) =>
      Buffer.from(hkdfSync("sha256", master, "", `recollect/1/${purpose}`, 32));
    const iv = Buffer.from(each.iv, "hex");
    const cipher = createCipheriv("aes-256-gcm", derived(each.purpose), iv);
    const { table, row, column, purpose } = each;
    cipher.setAAD(
      Buffer.from(JSON.stringify(["recollect", 1, table, row, column, each.owner, purpose])),
    );
    const text = Buffer.concat([cipher.update(each.text, "utf8"), cipher.final()]);
    const envelope = Buffer.concat([
      Buffer.of(1),
      derived("id").subarray(0, 8),
      iv,
      cipher.getAuthTag(),
      text,
    ]);
    expect(envelope.toString("hex")).toBe(each.envelope);
  }
});

test("any text opens again where it was sealed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(open(key, place, seal(key, place, text))).toBe(text);
    }),
  );
});

test("a value moved to another row, column, table or customer does not open", () => {
  const other = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(fc.string(), other, (text, changed) => {
      fc.pre(!["r1", "body_sealed", "Message", owner].includes(changed));
      const sealed = seal(key, place, text);
      for (const moved of [
        { ...place, row: changed },
        { ...place, column: changed },
        { ...place, table: changed },
      ]) {
        expect(() => open(key, moved, sealed)).toThrow(SealError);
      }
      const stranger = subjectKey(changed, 1, Buffer.alloc(32, 7));
      expect(() => open(stranger, place, sealed)).toThrow(SealError);
    }),
  );
});

test("table, row and column cannot be cut differently to the same effect", () => {
  const sealed = seal(key, { table: "a", row: "bc", column: "d" }, "text");
  expect(() => open(key, { table: "ab", row: "c", column: "d" }, sealed)).toThrow(SealError);
  expect(() => open(key, { table: 'a","b', row: "c", column: "d" }, sealed)).toThrow(SealError);
});

test("another purpose does not open it", () => {
  const sealed = sealBytes(key, "vault", place, Buffer.from("x"));
  expect(() => openBytes(key, "content", place, sealed)).toThrow(SealError);
});

test("a changed, cut or lengthened envelope does not open, at any byte", () => {
  const sealed = seal(key, place, "Where is my order?");
  fc.assert(
    fc.property(
      fc.nat({ max: sealed.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, flip) => {
        const changed = Uint8Array.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(() => open(key, place, changed)).toThrow(SealError);
        expect(() => open(key, place, sealed.subarray(0, at))).toThrow(SealError);
        expect(() => open(key, place, Buffer.concat([sealed, Buffer.of(flip)]))).toThrow(SealError);
      },
    ),
  );
});

test("the wrong key does not open it, and the error says where and not what", () => {
  const sealed = seal(key, place, "my secret words");
  const wrong = subjectKey(owner, 1, Buffer.alloc(32, 8));
  expect(() => open(wrong, place, sealed)).toThrow(
    "Message.body_sealed is sealed under another key",
  );
});

test("the same text never gives the same bytes", () => {
  expect(seal(key, place, "same")).not.toEqual(seal(key, place, "same"));
});

test("sealed JSON comes back in the schema's shape, and another shape is refused without quoting it", () => {
  const sealed = sealJson(key, place, { name: "Ada" });
  expect(openJson(key, place, z.object({ name: z.string() }), sealed)).toEqual({ name: "Ada" });
  const refused = () => openJson(key, place, z.object({ name: z.number() }), sealed);
  expect(refused).toThrow(SealError);
  expect(refused).not.toThrow(/Ada/);
});

test("a key shows nothing of itself when printed", () => {
  expect(JSON.stringify(key)).toBe(JSON.stringify({ ownerId: owner, epoch: 1 }));
});
