import { randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { audit } from "./audit";
import { writeSnapshot } from "./key-snapshot";
import { freshKeyring, type Keyring, keyringText, unwrap, wrap } from "./keyring";
import { listMissingKeks } from "./keys";
import { copyLedger } from "./ledger-file";
import { SealError } from "./seal-error";
import { inTransaction } from "./store-erase";
import {
  asOnlyRotation,
  findKeysUnder,
  type OwnedKey,
  retiring,
  storeRewrapped,
  tellKeyring,
} from "./store-rotate";
import { replaceSecret } from "./whole-file";

/** A rotation that cannot begin or go on. The message says why and what to do; nothing was lost. */
export class RotationRefused extends Error {
  override readonly name = "RotationRefused";
}

export type Rotation = {
  /** The new key-encryption key, under which everything lies now. */
  kekId: string;
  destroyed: string[];
  rewrapped: number;
  /** Stored under the old key while the rotation ran, and caught by the last pass. */
  late: number;
  resumed: boolean;
};

type Steps = {
  /** Called after each step; a test kills the rotation here. */
  after?: (
    step: "begun" | "rewrapped" | "retired" | "copied" | "destroyed",
  ) => void | Promise<void>;
  progress?: (rewrapped: number) => void;
};

const BATCH = 500;

/**
 * Makes a new key-encryption key, wraps every key anew under it while the product runs, and destroys the old one.
 *
 * The keyring's file says what is under way, so a rotation that was killed anywhere is run again and goes on. What was
 * stored under the old key while it ran is caught by a last pass during which nobody stores a key.
 */
export async function rotateKeys({ after, progress }: Steps = {}): Promise<Rotation> {
  const file = requireFile();
  const done = await asOnlyRotation(async (isStillAlone) => {
    await requireEveryKek();
    const { ring, resumed } = begin(file);
    await after?.("begun");
    const old = ring.retiring;
    const rewrapped = await rewrapAll(ring, isStillAlone, progress);
    await after?.("rewrapped");
    const late = await retiring(old, async (tx) => {
      let count = 0;
      for (let keys = await next(old, tx); keys.length > 0; keys = await next(old, tx)) {
        count += await storeRewrapped(keys.map(anew(ring)), tx);
      }
      return count;
    });
    await after?.("retired");
    // Before the old key goes: a snapshot that only it opens would be no snapshot.
    await writeSnapshot();
    copyLedger();
    await after?.("copied");
    await isStillAlone();
    destroy(file, ring);
    await after?.("destroyed");
    await announce(rewrapped + late);
    return { kekId: ring.current, destroyed: old, rewrapped, late, resumed };
  });
  if (!done) {
    throw new RotationRefused(
      "Another rotation runs on this database. It will end by itself; nothing was changed.",
    );
  }
  return done;
}

function requireFile(): string {
  if (!env.KEYRING_FILE) {
    throw new RotationRefused(
      "The keyring is in the variable KEYRING, which a running process cannot read again. Write it into a file that all processes share, set KEYRING_FILE to its path, remove KEYRING, restart, and rotate then.",
    );
  }
  return env.KEYRING_FILE;
}

async function requireEveryKek(): Promise<void> {
  freshKeyring();
  const missing = await listMissingKeks();
  if (missing.length > 0) {
    throw new RotationRefused(
      `Some keys lie under ${missing.join(", ")}, which the keyring does not hold: they could not be wrapped anew. Put the keyring back from its copy first.`,
    );
  }
}

// All keys but the new one are retired: what a killed rotation had begun, and what was put there by hand.
function begin(file: string): { ring: Keyring; resumed: boolean } {
  const held = freshKeyring();
  if (held.retiring.length > 0) {
    return { ring: held, resumed: true };
  }
  const kekId = `k_${randomBytes(4).toString("hex")}`;
  const keys = new Map(held.keys).set(kekId, randomBytes(32));
  replace(file, { current: kekId, keys, retiring: [...held.keys.keys()] });
  return { ring: freshKeyring(), resumed: false };
}

function replace(file: string, ring: Keyring): void {
  try {
    replaceSecret(file, keyringText(ring));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new RotationRefused(
      `The keyring's file cannot be replaced (${code}): ${file}. Make it and its folder writable for this command; a read-only mount is rotated where it comes from.`,
      { cause },
    );
  }
}

async function rewrapAll(
  ring: Keyring,
  isStillAlone: () => Promise<void>,
  progress?: (rewrapped: number) => void,
): Promise<number> {
  let rewrapped = 0;
  let after: string | undefined;
  for (;;) {
    await isStillAlone();
    const keys = await findKeysUnder(ring.retiring, { after, limit: BATCH });
    rewrapped += await storeRewrapped(keys.map(anew(ring)));
    after = keys.at(-1)?.ownerId;
    if (!after) {
      return rewrapped;
    }
    progress?.(rewrapped);
  }
}

async function next(kekIds: readonly string[], tx: Parameters<typeof storeRewrapped>[1]) {
  return await findKeysUnder(kekIds, { limit: BATCH, tx });
}

function anew(ring: Keyring) {
  return (old: OwnedKey) => {
    try {
      const key = unwrap(ring, old.ownerId, old.epoch, old);
      return { old, ...wrap(ring, old.ownerId, old.epoch, key) };
    } catch (cause) {
      if (!(cause instanceof SealError)) {
        throw cause;
      }
      throw new RotationRefused(
        `The key of ${old.ownerId} does not open under ${old.kekId}, so that key is not destroyed. Restore the row from the newest key snapshot (or destroy it by erasing its owner), then run the same command: it goes on from here.`,
        { cause },
      );
    }
  };
}

function destroy(file: string, ring: Keyring): void {
  const kept = new Map([...ring.keys].filter(([id]) => !ring.retiring.includes(id)));
  replace(file, { current: ring.current, keys: kept, retiring: [] });
  freshKeyring();
}

async function announce(count: number): Promise<void> {
  await inTransaction(async (tx) => {
    await tellKeyring(tx);
    await audit(tx, { actor: "system", action: "keys_rotated", metadata: { count } });
  });
}
