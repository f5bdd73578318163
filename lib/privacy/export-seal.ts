import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SubjectKey } from "./schema";
import { SealError } from "./seal-error";
import { derive } from "./subject-key";

/*
 * A sealed file, so that it can be written and read as a stream:
 *
 *   "RCX1" │ nonce (7 bytes) │ chunk │ chunk │ …
 *   chunk   up to 65,536 bytes under AES-256-GCM, then its tag (16 bytes)
 *   iv      nonce │ number of the chunk (4 bytes, big-endian) │ 1 for the last chunk, else 0
 *   associated data   UTF-8 of JSON.stringify(["recollect", 1, "export", owner of the key])
 *
 * Number and last mark are in the iv, so a chunk that is moved, left out or cut off does not open.
 */
const MAGIC = Buffer.from("RCX1");
const NONCE_BYTES = 7;
const HEAD_BYTES = MAGIC.length + NONCE_BYTES;
const TAG_BYTES = 16;
export const CHUNK_BYTES = 65_536;

type Bytes = AsyncIterable<Uint8Array>;

function ivOf(nonce: Uint8Array, number: number, isLast: boolean): Buffer {
  const iv = Buffer.alloc(12);
  iv.set(nonce);
  iv.writeUInt32BE(number, NONCE_BYTES);
  iv[11] = isLast ? 1 : 0;
  return iv;
}

function about(key: SubjectKey): Buffer {
  return Buffer.from(JSON.stringify(["recollect", 1, "export", key.ownerId]));
}

/** Seals a stream of bytes. */
export async function* sealStream(key: SubjectKey, source: Bytes): AsyncGenerator<Uint8Array> {
  const nonce = randomBytes(NONCE_BYTES);
  yield Buffer.concat([MAGIC, nonce]);
  for await (const { bytes, number, isLast } of cut(source, CHUNK_BYTES)) {
    const options = { authTagLength: TAG_BYTES };
    const iv = ivOf(nonce, number, isLast);
    const cipher = createCipheriv("aes-256-gcm", derive(key, "export"), iv, options);
    cipher.setAAD(about(key));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Opens what sealStream made; throws SealError before it gives out a byte that was changed. */
export async function* openStream(key: SubjectKey, source: Bytes): AsyncGenerator<Uint8Array> {
  const { head, rest } = await behead(source);
  if (head.length < HEAD_BYTES || !MAGIC.equals(head.subarray(0, MAGIC.length))) {
    throw new SealError("The export is not of a known form");
  }
  const nonce = head.subarray(MAGIC.length);
  for await (const { bytes, number, isLast } of cut(rest, CHUNK_BYTES + TAG_BYTES)) {
    yield openChunk(key, ivOf(nonce, number, isLast), bytes);
  }
}

function openChunk(key: SubjectKey, iv: Buffer, bytes: Uint8Array): Buffer {
  const end = bytes.length - TAG_BYTES;
  if (end < 0) {
    throw new SealError("The export is cut off");
  }
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv("aes-256-gcm", derive(key, "export"), iv, options);
    decipher.setAAD(about(key));
    decipher.setAuthTag(bytes.subarray(end));
    return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]);
  } catch (cause) {
    throw new SealError("The export does not open", { cause });
  }
}

type Piece = { bytes: Uint8Array; number: number; isLast: boolean };

/** The stream in pieces of one size. The last one is known as such, may be shorter, and may be empty. */
async function* cut(source: Bytes, size: number): AsyncGenerator<Piece> {
  let held = Buffer.alloc(0);
  let number = 0;
  for await (const bytes of source) {
    held = Buffer.concat([held, bytes]);
    while (held.length > size) {
      yield { bytes: held.subarray(0, size), number, isLast: false };
      held = held.subarray(size);
      number += 1;
    }
  }
  yield { bytes: held, number, isLast: true };
}

async function behead(source: Bytes): Promise<{ head: Buffer; rest: Bytes }> {
  const reader = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  while (held.length < HEAD_BYTES) {
    const next = await reader.next();
    if (next.done) {
      break;
    }
    held = Buffer.concat([held, next.value]);
  }
  const first = held.subarray(HEAD_BYTES);
  async function* rest() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => reader };
  }
  return { head: held.subarray(0, HEAD_BYTES), rest: rest() };
}
