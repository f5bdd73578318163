import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The clone. The real path, so that a symbolic link to it is not taken for a second one. */
export const root = fs.realpathSync(fileURLToPath(new URL("../..", import.meta.url)));
export const isRoot = process.getuid?.() === 0;

/** Where root's servers keep their data: PostgreSQL refuses to run as root, and its user cannot enter a 0700 clone. */
export const varFolder = `/var/lib/recollect/${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;

/**
 * Everything that one purpose (`demo`, `test`, `screenshots`) keeps on this machine. Two places share nothing but
 * the clone and PostgreSQL's program files.
 */
export function place(name) {
  const data = path.join(root, ".data", ...(name === "demo" ? [] : [name]));
  return {
    name,
    data,
    secrets: name === "demo" ? path.join(root, ".secrets") : path.join(data, "secrets"),
    files: path.join(data, "files"),
    server: isRoot ? path.join(varFolder, name) : path.join(data, "server"),
    dist: name === "demo" ? ".next" : ".next-test",
  };
}

/** Makes a folder that only its owner enters, whatever the umask and whoever made it before. */
export function privateFolder(folder, owner) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) {
    fs.chownSync(folder, owner.uid, owner.gid);
  }
  fs.chmodSync(folder, 0o700);
}

/** Makes the servers' folder. Root's service user must pass through it; what lies inside is private again. */
export function makeServerFolder({ server }) {
  fs.mkdirSync(server, { recursive: true });
  const ways = isRoot ? [path.dirname(varFolder), varFolder, server] : [];
  for (const folder of ways) {
    fs.chmodSync(folder, 0o755);
  }
  if (!isRoot) {
    fs.chmodSync(server, 0o700);
  }
}

/** Writes a file whole or not at all: a killed process leaves the old one, never half of the new one. */
export function writeWhole(file, text, mode = 0o600) {
  privateFolderIfMissing(path.dirname(file));
  const draft = `${file}.${process.pid}.draft`;
  const handle = fs.openSync(draft, "w", mode);
  fs.writeFileSync(handle, text);
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(draft, file);
}

function privateFolderIfMissing(folder) {
  if (!fs.existsSync(folder)) {
    privateFolder(folder);
  }
}

/** Reads JSON, or null when there is no such file. A file that is not JSON throws. */
export function readJson(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null;
}
