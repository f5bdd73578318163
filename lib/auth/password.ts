import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { once } from "@/lib/once";

// 32 MiB and some 80 ms a try: OWASP's first choice of scrypt parameters with N = 2^15, r = 8, p = 3 halved to one lane.
const COST = { log2N: 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes a password by scrypt; the parameters stand in the result, so they can rise without asking anybody for a new one. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const { log2N, r, p } = COST;
  return ["scrypt", log2N, r, p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * Whether the password is the stored one, in constant time. Where there is no stored one the same work is done against
 * a hash that nothing matches, so the answer for an unknown person takes as long as for a known one.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { salt, hash, cost } = parse(stored ?? (await dummyHash()));
  const given = await derive(password, salt, cost);
  return timingSafeEqual(given, hash) && stored !== null;
}

function dummyHash(): Promise<string> {
  return once("auth.dummy-hash", () => hashPassword(randomBytes(32).toString("base64url")));
}

type Cost = { log2N: number; r: number; p: number };

function parse(stored: string): { salt: Buffer; hash: Buffer; cost: Cost } {
  const [scheme, log2N, r, p, salt, hash] = stored.split("$");
  if (scheme !== "scrypt" || !salt || !hash) {
    throw new Error("A stored password hash is not one of ours");
  }
  return {
    salt: Buffer.from(salt, "base64url"),
    hash: Buffer.from(hash, "base64url"),
    cost: { log2N: Number(log2N), r: Number(r), p: Number(p) },
  };
}

function derive(password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** log2N;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // One form of a character, so that a phone's keyboard and a laptop's agree.
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
