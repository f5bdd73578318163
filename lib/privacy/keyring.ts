import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { SealError } from "./seal-error";

/** Key-encryption keys by id. They live in a file or in the environment, never in the database they protect. */
const Keyring = z
  .object({
    current: z.string().min(1),
    keys: z.record(z.string().min(1), z.base64()),
    /** Keys that a rotation is about to destroy. There while one is under way, or was killed. */
    retiring: z.array(z.string()).optional(),
  })
  .transform(({ current, keys, retiring = [] }) => ({
    current,
    retiring,
    keys: new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, "base64")])),
  }))
  .refine(({ current, keys }) => keys.has(current), "the current key is not among the keys")
  .refine(
    ({ keys }) => [...keys.values()].every((key) => key.length === 32),
    "every key is 32 bytes in base64",
  );
export type Keyring = z.output<typeof Keyring>;

export type Wrapped = { kekId: string; wrapped: Uint8Array<ArrayBuffer> };

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** Reads a keyring's JSON. The error names the fault and never the content. */
export function parseKeyring(json: string): Keyring {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    // The parser's own message quotes what it read, and what it read is keys.
    // biome-ignore lint/style/useErrorCause: the cause would carry key material into a log.
    throw new Error("The keyring is not JSON");
  }
  const parsed = Keyring.safeParse(raw);
  if (!parsed.success) {
    throw new Error(
      `The keyring is wrong: ${parsed.error.issues.map((i) => i.message).join("; ")}`,
    );
  }
  return parsed.data;
}

/** A keyring as its file holds it. */
export function keyringText({ current, keys, retiring }: Keyring): string {
  const texts = [...keys].map(([id, key]) => [id, key.toString("base64")]);
  const shown = {
    current,
    keys: Object.fromEntries(texts),
    ...(retiring.length > 0 && { retiring }),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function read(): Keyring {
  const json = env.KEYRING_FILE ? readFileSync(env.KEYRING_FILE, "utf8") : env.KEYRING;
  if (!json) {
    throw new Error("Set KEYRING_FILE (or KEYRING): without it nothing can be sealed or opened");
  }
  return parseKeyring(json);
}

function held(): { ring: Keyring } {
  return once("privacy.keyring", () => ({ ring: read() }));
}

/** The keyring of this process; read again when it does not know `kekId`, so that a rotation needs no restart. */
export function keyring(kekId?: string): Keyring {
  return ringWith(held(), kekId, read);
}

/** The keyring as it lies in its file now; a key that a rotation destroyed leaves this process's memory with it. */
export function freshKeyring(): Keyring {
  const holder = held();
  holder.ring = read();
  return holder.ring;
}

/** The held keyring, or the one that `reread` brings when the held one lacks `kekId`. */
export function ringWith(
  holder: { ring: Keyring },
  kekId: string | undefined,
  reread: () => Keyring,
): Keyring {
  if (kekId !== undefined && !holder.ring.keys.has(kekId)) {
    holder.ring = reread();
  }
  return holder.ring;
}

function about(ownerId: string, epoch: number, kekId: string): Buffer {
  return Buffer.from(JSON.stringify(["recollect", VERSION, "wrap", kekId, ownerId, epoch]));
}

/** Wraps a person's key with the current key-encryption key; whose and which epoch is bound to it. */
export function wrap(ring: Keyring, ownerId: string, epoch: number, key: Uint8Array): Wrapped {
  const kekId = ring.current;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", kek(ring, kekId), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(about(ownerId, epoch, kekId));
  const text = Buffer.concat([cipher.update(key), cipher.final()]);
  const wrapped = Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), text]);
  return { kekId, wrapped: Uint8Array.from(wrapped) };
}

/** Unwraps; throws SealError for another owner, epoch, key-encryption key or a changed byte. */
export function unwrap(ring: Keyring, ownerId: string, epoch: number, held: Wrapped): Buffer {
  const { kekId, wrapped } = held;
  if (wrapped.length <= HEAD_BYTES || wrapped[0] !== VERSION) {
    throw new SealError("The wrapped key is not of a known form");
  }
  try {
    const iv = wrapped.subarray(1, 1 + IV_BYTES);
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv("aes-256-gcm", kek(ring, kekId), iv, options);
    decipher.setAAD(about(ownerId, epoch, kekId));
    decipher.setAuthTag(wrapped.subarray(1 + IV_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(wrapped.subarray(HEAD_BYTES)), decipher.final()]);
  } catch (cause) {
    throw cause instanceof SealError
      ? cause
      : new SealError("The wrapped key does not open", { cause });
  }
}

function kek(ring: Keyring, kekId: string): Buffer {
  const key = ring.keys.get(kekId);
  if (!key) {
    throw new SealError(`The keyring has no key ${kekId}`);
  }
  return key;
}
