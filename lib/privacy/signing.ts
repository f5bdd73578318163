import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { once } from "@/lib/once";
import { canonical } from "./canonical";

/*
 * Receipts and audit checkpoints are signed with Ed25519. The private key is a PEM file beside the keyring
 * (`signing-key.pem` in KEYRING_FILE's folder, else in DATA_DIR/keys), made at first use and readable by its owner
 * only: whoever can write the database cannot sign.
 */
type Signer = { privateKey: KeyObject; publicKey: KeyObject; keyId: string };

export type Signed = { keyId: string; signature: string };

function signingKeyFile(): string {
  const folder = env.KEYRING_FILE ? dirname(env.KEYRING_FILE) : join(env.DATA_DIR, "keys");
  return join(folder, "signing-key.pem");
}

function signer(): Signer {
  return once("privacy.signer", () => {
    const privateKey = createPrivateKey(readOrMake(signingKeyFile()));
    const publicKey = createPublicKey(privateKey);
    return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
  });
}

// Written aside and linked into place: of two processes that begin together one wins, and both read its key.
function readOrMake(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  const aside = `${file}.${newId()}`;
  writeFileSync(aside, pem, { mode: 0o600, flag: "wx" });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
  } finally {
    rmSync(aside);
  }
  return readFileSync(file, "utf8");
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

/** Signs the canonical JSON of a value; the signature is base64. */
export function signValue(value: unknown): Signed {
  const { privateKey, keyId } = signer();
  return {
    keyId,
    signature: sign(null, Buffer.from(canonical(value)), privateKey).toString("base64"),
  };
}

/** True when `publicKeyPem` (default: this installation's key) signed exactly this value. */
export function verifySigned(
  value: unknown,
  { keyId, signature }: Signed,
  publicKeyPem?: string,
): boolean {
  const publicKey = publicKeyPem ? createPublicKey(publicKeyPem) : signer().publicKey;
  return (
    keyIdOf(publicKey) === keyId &&
    verify(null, Buffer.from(canonical(value)), publicKey, Buffer.from(signature, "base64"))
  );
}

/** The public half, for anyone who wants to check a receipt without this installation. */
export function publicKeyPem(): string {
  return signer().publicKey.export({ type: "spki", format: "pem" }).toString();
}
