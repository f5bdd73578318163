import fs from "node:fs";
import path from "node:path";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";
import { Sorry } from "./say.mjs";

const modules = path.join(root, "node_modules");
const bytesForInstall = 1.5e9;
const bytesForRun = 2e8;

/**
 * Whether node_modules holds what package-lock.json asks for. npm leaves its own list there as the last act of an
 * install, so a half-finished one has none. Optional packages may be missing: they belong to other platforms.
 */
export function isInstalled(folder = root) {
  const wanted = readPackages(path.join(folder, "package-lock.json"));
  const found = readPackages(path.join(folder, "node_modules", ".package-lock.json"));
  return (
    wanted !== null &&
    found !== null &&
    Object.entries(wanted).every(([name, { version, integrity, optional, devOptional }]) => {
      const there = found[name];
      return there
        ? there.version === version && isSame(there.integrity, integrity)
        : name === "" || optional === true || devOptional === true;
    })
  );
}

// An entry that npm run lock wrote has no checksum.
const isSame = (found, wanted) => wanted === undefined || found === wanted;

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/** Installs what package-lock.json names when it is missing or out of date. */
export async function install(note) {
  if (isInstalled()) {
    requireSpace(bytesForRun);
    note("up to date");
    return;
  }
  requireSpace(bytesForInstall);
  const [command, ...words] = npmCommand();
  await runNpm(command, [...words, "ci", "--no-progress"], {
    cwd: root,
    env: { ...process.env, PATH: pathWithoutModules(), NODE_ENV: "development" },
  });
  note("installed");
}

/** npm explains itself over pages; its first lines say what happened. */
async function runNpm(command, words, options) {
  try {
    await finish("npm ci", command, words, options);
  } catch (error) {
    const said = error.message.split("\n").filter((line) => /npm (?:error|ERR!)/.test(line));
    throw /ENOSPC/.test(error.message)
      ? error
      : new Sorry(
          `The dependencies could not be installed (npm ci). Is the package registry reachable from here?\n${said.slice(0, 8).join("\n") || error.message}`,
          { cause: error },
        );
  }
}

/** The npm that runs this script, on the machine's own Node: the one in node_modules is about to be replaced. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  return npm && node && !node.startsWith(modules) ? [node, npm] : ["npm"];
}

function pathWithoutModules() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.filter((folder) => !folder.includes("node_modules")).join(path.delimiter);
}

function requireSpace(bytes) {
  const { bavail, bsize } = fs.statfsSync(root);
  if (bavail * bsize < bytes) {
    throw new Sorry(
      `The disk is nearly full: ${Math.round((bavail * bsize) / 1e6)} MB are free where the clone lies and ${bytes / 1e6} MB are needed. Free some space and run the same command again.`,
    );
  }
}
