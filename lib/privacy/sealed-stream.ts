import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { SealError } from "./seal-error";

/*
 * A sealed stream of bytes, so that a file of any size is written and read in constant memory:
 *
 *   magic (4 bytes) │ nonce (7 bytes) │ chunk │ chunk │ …
 *   chunk   up to 65,536 bytes under AES-256-GCM, then its tag (16 bytes)
 *   iv      nonce │ number of the chunk (4 bytes, big-endian) │ 1 for the last chunk, else 0
 *
 * Number and last mark are in the iv, so a chunk that is moved, left out or cut off does not open.
 */
const NONCE_BYTES = 7;
const TAG_BYTES = 16;
export const CHUNK_BYTES = 65_536;

/** What a stream is sealed with: its key, what is bound to it, and the letters it begins with. */
export type Sealing = { magic: Buffer; key: KeyObject; about: Buffer; what: string };

type Bytes = AsyncIterable<Uint8Array>;

function ivOf(nonce: Uint8Array, number: number, isLast: boolean): Buffer {
  const iv = Buffer.alloc(12);
  iv.set(nonce);
  iv.writeUInt32BE(number, NONCE_BYTES);
  iv[11] = isLast ? 1 : 0;
  return iv;
}

/** Seals a stream of bytes. */
export async function* sealChunks(
  { magic, key, about }: Sealing,
  source: Bytes,
): AsyncGenerator<Uint8Array> {
  const nonce = randomBytes(NONCE_BYTES);
  yield Buffer.concat([magic, nonce]);
  for await (const { bytes, number, isLast } of cut(source, CHUNK_BYTES)) {
    const iv = ivOf(nonce, number, isLast);
    const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(about);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Opens what sealChunks made; throws SealError before it gives out a byte that was changed. */
export async function* openChunks(sealing: Sealing, source: Bytes): AsyncGenerator<Uint8Array> {
  const { magic, what } = sealing;
  const { head, rest } = await behead(source, magic.length + NONCE_BYTES);
  if (head.length < magic.length + NONCE_BYTES || !magic.equals(head.subarray(0, magic.length))) {
    throw new SealError(`The ${what} is not of a known form`);
  }
  const nonce = head.subarray(magic.length);
  for await (const { bytes, number, isLast } of cut(rest, CHUNK_BYTES + TAG_BYTES)) {
    yield openChunk(sealing, ivOf(nonce, number, isLast), bytes);
  }
}

function openChunk({ key, about, what }: Sealing, iv: Buffer, bytes: Uint8Array): Buffer {
  const end = bytes.length - TAG_BYTES;
  if (end < 0) {
    throw new SealError(`The ${what} is cut off`);
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(about);
    decipher.setAuthTag(bytes.subarray(end));
    return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]);
  } catch (cause) {
    throw new SealError(`The ${what} does not open`, { cause });
  }
}

type Piece = { bytes: Uint8Array; number: number; isLast: boolean };

/** The stream in pieces of one size. The last one is known as such, may be shorter, and may be empty. */
async function* cut(source: Bytes, size: number): AsyncGenerator<Piece> {
  let held: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  for await (const bytes of source) {
    held.push(bytes);
    length += bytes.length;
    if (length <= size) {
      continue;
    }
    let whole = Buffer.concat(held);
    while (whole.length > size) {
      yield { bytes: whole.subarray(0, size), number, isLast: false };
      whole = whole.subarray(size);
      number += 1;
    }
    held = [whole];
    length = whole.length;
  }
  yield { bytes: Buffer.concat(held), number, isLast: true };
}

/** The first bytes of a stream, fewer where it ends before, and what follows them. */
export async function behead(source: Bytes, size: number): Promise<{ head: Buffer; rest: Bytes }> {
  const reader = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  while (held.length < size) {
    const next = await reader.next();
    if (next.done) {
      break;
    }
    held = Buffer.concat([held, next.value]);
  }
  const first = held.subarray(size);
  async function* rest() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => reader };
  }
  return { head: held.subarray(0, size), rest: rest() };
}
