import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { once } from "@/lib/once";
import type { SubjectKey } from "./schema";

/** What a person's key is used for. Each purpose has a key of its own, derived by HKDF-SHA-256 with no salt. */
export type Purpose = "content" | "mac" | "vault" | "vault_mac" | "export" | "id";

type Secrets = { master: KeyObject; derived: Map<Purpose, KeyObject> };

const KEY_BYTES = 32;

// Not private fields: Next holds several instances of this module, and one's private fields are closed to the other.
function secrets(): WeakMap<SubjectKey, Secrets> {
  return once("privacy.secrets", () => new WeakMap<SubjectKey, Secrets>());
}

/** Makes the opaque key. Printing, logging or serialising it shows the owner's id and nothing else. */
export function subjectKey(ownerId: string, epoch: number, master: Uint8Array): SubjectKey {
  if (master.length !== KEY_BYTES) {
    throw new Error("A person's key is 32 bytes");
  }
  const key = Object.freeze({ ownerId, epoch }) as SubjectKey;
  secrets().set(key, { master: createSecretKey(master), derived: new Map() });
  return key;
}

/** A key that is kept nowhere: what is sealed under it is for this process and this moment, such as a health check. */
export function throwawayKey(ownerId: string): SubjectKey {
  return subjectKey(ownerId, 1, randomBytes(KEY_BYTES));
}

/** The key for one purpose: HKDF-SHA-256, info `recollect/1/<purpose>`, 32 bytes. */
export function derive(key: SubjectKey, purpose: Purpose): KeyObject {
  const held = secrets().get(key);
  if (!held) {
    throw new Error("This is not a key of lib/privacy");
  }
  const known = held.derived.get(purpose);
  if (known) {
    return known;
  }
  const bytes = hkdfSync("sha256", held.master, "", `recollect/1/${purpose}`, KEY_BYTES);
  const made = createSecretKey(Buffer.from(bytes));
  held.derived.set(purpose, made);
  return made;
}

/** Eight bytes that name the key inside an envelope and say nothing about it. */
export function keyId(key: SubjectKey): Buffer {
  return derive(key, "id").export().subarray(0, 8);
}
