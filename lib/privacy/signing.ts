import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { join } from "node:path";
import { once } from "@/lib/once";
import { canonical } from "./canonical";
import { keysFolder } from "./keys-folder";
import { readOrMakeSecret } from "./whole-file";

/*
 * Receipts, audit checkpoints and the lines of the erasure ledger are signed with Ed25519. The private key is a PEM file
 * beside the keyring (`signing-key.pem`), made at first use and readable by its owner only: whoever can write the
 * database cannot sign.
 */
type Signer = { privateKey: KeyObject; publicKey: KeyObject; keyId: string };

export type Signed = { keyId: string; signature: string };

function signer(): Signer {
  return once("privacy.signer", () => {
    const privateKey = createPrivateKey(
      readOrMakeSecret(join(keysFolder(), "signing-key.pem"), makePem),
    );
    const publicKey = createPublicKey(privateKey);
    return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
  });
}

function makePem(): string {
  return generateKeyPairSync("ed25519")
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
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

/** The id of a key in PEM, of a private key that of its public half; null where it is no Ed25519 key. */
export function keyIdOfPem(pem: string): string | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? keyIdOf(key) : null;
  } catch {
    return null;
  }
}

/** The public half, for anyone who wants to check a receipt without this installation. */
export function publicKeyPem(): string {
  return signer().publicKey.export({ type: "spki", format: "pem" }).toString();
}
