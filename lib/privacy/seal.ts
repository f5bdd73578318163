import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Place, SubjectKey } from "./schema";
import { SealError } from "./seal-error";
import { derive, keyId, type Purpose } from "./subject-key";

/*
 * The envelope, byte by byte (test vectors: seal-vectors.json):
 *
 *   0        1          9         21         37
 *   version │ key id   │ iv      │ tag      │ text
 *   1 byte  │ 8 bytes  │ 12      │ 16       │ UTF-8 under AES-256-GCM
 *
 * version   1
 * key id    first 8 bytes of HKDF-SHA-256(person's key, no salt, "recollect/1/id", 32)
 * key       HKDF-SHA-256(person's key, no salt, "recollect/1/<purpose>", 32)
 * associated data   UTF-8 of JSON.stringify(["recollect", 1, table, row, column, owner, purpose])
 */
const VERSION = 1;
const KEY_ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const IV_AT = 1 + KEY_ID_BYTES;
const TAG_AT = IV_AT + IV_BYTES;
const TEXT_AT = TAG_AT + TAG_BYTES;

function about(key: SubjectKey, { table, row, column }: Place, purpose: Purpose): Buffer {
  return Buffer.from(
    JSON.stringify(["recollect", VERSION, table, row, column, key.ownerId, purpose]),
  );
}

/** Seals bytes for one purpose and place; `iv` is given only by the test vectors. */
export function sealBytes(
  key: SubjectKey,
  purpose: Purpose,
  place: Place,
  bytes: Uint8Array,
  iv: Uint8Array = randomBytes(IV_BYTES),
): Uint8Array<ArrayBuffer> {
  const options = { authTagLength: TAG_BYTES };
  const cipher = createCipheriv("aes-256-gcm", derive(key, purpose), iv, options);
  cipher.setAAD(about(key, place, purpose));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Uint8Array.from(
    Buffer.concat([Buffer.of(VERSION), keyId(key), iv, cipher.getAuthTag(), text]),
  );
}

/** Opens what sealBytes made for the same key, purpose and place; anything else is a SealError. */
export function openBytes(
  key: SubjectKey,
  purpose: Purpose,
  place: Place,
  sealed: Uint8Array,
): Buffer {
  const where = `${place.table}.${place.column}`;
  if (sealed.length < TEXT_AT || sealed[0] !== VERSION) {
    throw new SealError(`${where} is not of a known form`);
  }
  if (!keyId(key).equals(sealed.subarray(1, IV_AT))) {
    throw new SealError(`${where} is sealed under another key`);
  }
  try {
    const iv = sealed.subarray(IV_AT, TAG_AT);
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv("aes-256-gcm", derive(key, purpose), iv, options);
    decipher.setAAD(about(key, place, purpose));
    decipher.setAuthTag(sealed.subarray(TAG_AT, TEXT_AT));
    return Buffer.concat([decipher.update(sealed.subarray(TEXT_AT)), decipher.final()]);
  } catch (cause) {
    throw new SealError(`${where} does not open`, { cause });
  }
}

/** Seals text under a person's key, bound to its table, row and column. The same text never gives the same bytes. */
export function seal(key: SubjectKey, place: Place, text: string): Uint8Array<ArrayBuffer> {
  return sealBytes(key, "content", place, Buffer.from(text, "utf8"));
}

/** Opens sealed text. Throws SealError when it was moved, changed, cut, or belongs to somebody else. */
export function open(key: SubjectKey, place: Place, sealed: Uint8Array): string {
  return openBytes(key, "content", place, sealed).toString("utf8");
}

/** Seals plain data as JSON. */
export function sealJson(key: SubjectKey, place: Place, value: unknown): Uint8Array<ArrayBuffer> {
  return seal(key, place, JSON.stringify(value));
}

/** Opens sealed JSON and parses it: what comes back has the schema's shape or is a SealError. */
export function openJson<Schema extends z.ZodType>(
  key: SubjectKey,
  place: Place,
  schema: Schema,
  sealed: Uint8Array,
): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(open(key, place, sealed)));
  if (!parsed.success) {
    // zod's issues may quote the value.
    throw new SealError(`${place.table}.${place.column} has another shape`);
  }
  return parsed.data;
}

/** HMAC-SHA-256 of a message's body under the person's key: compares bodies without keeping one. */
export function bodyMac(key: SubjectKey, text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHmac("sha256", derive(key, "mac")).update(text, "utf8").digest());
}
