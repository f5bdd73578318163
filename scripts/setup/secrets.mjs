import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { readJson, root, writeWhole } from "./place.mjs";
import { Sorry } from "./say.mjs";

const makers = {
  SESSION_SECRET: () => randomBytes(32).toString("base64url"),
  PEPPER_INDEX: () => randomBytes(32).toString("base64url"),
  PEPPER_SEARCH: () => randomBytes(32).toString("base64url"),
  PEPPER_PSEUDONYM: () => randomBytes(32).toString("base64url"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
};
/** Stored data cannot be found again without these, so they are never made anew beside it. */
const boundToData = ["PEPPER_INDEX", "PEPPER_SEARCH", "PEPPER_PSEUDONYM"];

const shown = (file) => (file.startsWith(root + path.sep) ? path.relative(root, file) : file);

/**
 * Completes the secrets of a place and returns them as variables. What the person has set wins and is not stored.
 * `keyIds` are the key-encryption keys that stored data needs: when one is missing nothing is made, because a new
 * key would only hide that the old data cannot be opened.
 */
export function ensureSecrets({ folder, given, keyIds, ledgerLines = 0 }) {
  removeDrafts(folder);
  const keyring = ensureKeyring({ folder, given, keyIds });
  requireLedger({ given: { ...given, ...keyring }, ledgerLines });
  return { ...ensureValues({ folder, given, keyIds }), ...keyring };
}

/**
 * The erasure ledger must be as long as the database knows it, and the key that signed it must be there: a new one of
 * either would only hide that erased people could come back. Its hashes and signatures the product checks itself.
 */
function requireLedger({ given, ledgerLines }) {
  if (ledgerLines === 0) {
    return;
  }
  const folder = given.KEYS_DIR
    ? path.resolve(root, given.KEYS_DIR)
    : given.KEYRING_FILE && path.dirname(path.resolve(root, given.KEYRING_FILE));
  if (!folder) {
    return;
  }
  const file = path.join(folder, "erasure-ledger.jsonl");
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const lines = text.split("\n").length - 1;
  if (lines < ledgerLines) {
    throw new Sorry(
      `The database knows ${ledgerLines} erasures, and the erasure ledger ${shown(file)} holds ${lines}. Put it back from its copy (the key snapshot's folder holds one): without it, a restored backup would show erased people again. If no copy is left: npm run ledger:accept`,
    );
  }
  const key = path.join(folder, "signing-key.pem");
  if (!fs.existsSync(key)) {
    throw new Sorry(
      `Receipts and the erasure ledger were signed with ${shown(key)}, and it is not there. No new key was made: put it back from its backup.`,
    );
  }
}

/** What a killed process was writing; the whole file was never replaced. */
function removeDrafts(folder) {
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (name.endsWith(".draft")) {
      fs.rmSync(path.join(folder, name));
    }
  }
}

function readSecretFile(file) {
  try {
    return readJson(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Sorry(
        `${shown(file)} is damaged (not JSON). Put it back from its backup, or begin afresh: npm run reset -- --secrets`,
        { cause: error },
      );
    }
    throw error;
  }
}

function ensureValues({ folder, given, keyIds }) {
  const file = path.join(folder, "secrets.json");
  const kept = readSecretFile(file) ?? {};
  const missing = Object.keys(makers).filter((name) => !given[name] && !kept[name]);
  const lost = missing.filter((name) => boundToData.includes(name));
  if (lost.length > 0 && keyIds.length > 0) {
    throw new Sorry(
      `Stored data was written under ${lost.join(", ")}, which ${shown(file)} does not hold. Nothing new was made: put the file back from its backup, or begin afresh with npm run reset.`,
    );
  }
  if (missing.length > 0) {
    const made = Object.fromEntries(missing.map((name) => [name, makers[name]()]));
    Object.assign(kept, made);
    writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`);
  }
  return Object.fromEntries(Object.keys(makers).map((name) => [name, given[name] || kept[name]]));
}

function ensureKeyring({ folder, given, keyIds }) {
  if (given.KEYRING) {
    requireKeys({
      ids: Object.keys(parseKeyring(given.KEYRING, "KEYRING").keys),
      keyIds,
      where: "KEYRING",
    });
    return {};
  }
  const file = given.KEYRING_FILE
    ? path.resolve(root, given.KEYRING_FILE)
    : path.join(folder, "keyring.json");
  if (fs.existsSync(file)) {
    const { keys } = parseKeyring(fs.readFileSync(file, "utf8"), shown(file));
    requireKeys({ ids: Object.keys(keys), keyIds, where: shown(file) });
  } else {
    requireKeys({ ids: [], keyIds, where: shown(file) });
    if (given.KEYRING_FILE) {
      throw new Sorry(
        `KEYRING_FILE names ${file}, and there is no such file. Put it there, or leave the variable out and one is made.`,
      );
    }
    const id = `k_${randomBytes(4).toString("hex")}`;
    const keyring = { current: id, keys: { [id]: randomBytes(32).toString("base64") } };
    writeWhole(file, `${JSON.stringify(keyring, null, 2)}\n`);
  }
  return { KEYRING_FILE: file };
}

function parseKeyring(text, where) {
  try {
    const keyring = JSON.parse(text);
    if (typeof keyring.keys?.[keyring.current] === "string") {
      return keyring;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw new Sorry(
    `${where} is no keyring. It must read {"current": "<id>", "keys": {"<id>": "<base64 of 32 bytes>"}}: put it back from its backup.`,
  );
}

function requireKeys({ ids, keyIds, where }) {
  const missing = keyIds.filter((id) => !ids.includes(id));
  if (missing.length > 0) {
    throw new Sorry(
      `Stored data was sealed under the key ${missing.join(", ")}, and ${where} does not hold it. No new key was made. Put the keyring back from its backup (it is kept apart from the database's), or remove the data with npm run reset.`,
    );
  }
}
