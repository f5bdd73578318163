import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { isRoot } from "./place.mjs";
import { finish } from "./processes.mjs";

const commonFolders = ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin", "/usr/sbin", "/snap/bin"];

/** The full path of the first of these programs that this machine has, or null. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...commonFolders];
  for (const name of names) {
    for (const folder of folders.filter((entry) => entry && !entry.includes("node_modules"))) {
      const file = path.join(folder, name);
      if (isExecutable(file)) {
        return file;
      }
    }
  }
  return null;
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** `[]` for root, `["sudo", "-n"]` where that works without a password, else null. */
function privilege() {
  if (isRoot) {
    return [];
  }
  const sudo = findProgram("sudo");
  return sudo && spawnSync(sudo, ["-n", "true"], { stdio: "ignore" }).status === 0
    ? [sudo, "-n"]
    : null;
}

/**
 * Installs a package with the system's package manager. Resolves to a sentence that says why not, or null when it
 * went well; the caller looks for the program itself.
 */
export async function installPackage({ apt, brew }) {
  const brewProgram = findProgram("brew");
  if (process.platform === "darwin") {
    return brewProgram
      ? await attempt(brewProgram, ["install", brew])
      : "Homebrew is not installed";
  }
  const aptGet = findProgram("apt-get");
  const prefix = privilege();
  if (!aptGet) {
    return "this system has no apt-get";
  }
  if (!prefix) {
    return "installing needs root or sudo without a password";
  }
  const [command, ...words] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", aptGet];
  // An update that fails for one of many sources need not keep the package from being found.
  await attempt(command, [...words, "update", "-q"]);
  return await attempt(command, [...words, "install", "-q", "-y", "--no-install-recommends", apt]);
}

async function attempt(command, words) {
  try {
    await finish(path.basename(command), command, words);
    return null;
  } catch (error) {
    return error.message;
  }
}

/** Stops and disables a system service that an installation by this program has just started. */
export async function disableService(name) {
  const prefix = privilege() ?? [];
  const call = (...words) => attempt([...prefix, ...words][0], [...prefix, ...words].slice(1));
  if (fs.existsSync("/run/systemd/system")) {
    await call("systemctl", "disable", "--now", name);
  } else if (fs.existsSync(`/etc/init.d/${name}`)) {
    await call(`/etc/init.d/${name}`, "stop");
    await call("update-rc.d", name, "disable");
  }
}
