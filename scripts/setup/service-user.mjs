import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { isRoot } from "./place.mjs";
import { Sorry } from "./say.mjs";

const names = ["postgres", "_postgres", "recollect"];

function find(name) {
  try {
    const id = (flag) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
    return { name, uid: id("-u"), gid: id("-g") };
  } catch {
    return null;
  }
}

function attempt(command, words) {
  try {
    execFileSync(command, words, { stdio: "pipe" });
  } catch {
    // The next way of making a user is tried; that none worked is seen by looking for the user.
  }
  return find("recollect");
}

/** The user that runs PostgreSQL and Redis for root, made when there is none; null for everyone else. */
export function serviceUser() {
  if (!isRoot) {
    return null;
  }
  const shell = ["/usr/sbin/nologin", "/sbin/nologin"].find(fs.existsSync) ?? "/bin/false";
  const user =
    names.map(find).find(Boolean) ??
    attempt("useradd", [
      "--system",
      "--user-group",
      "--no-create-home",
      "--shell",
      shell,
      "recollect",
    ]) ??
    attempt("adduser", ["-S", "-D", "-H", "-s", shell, "recollect"]);
  if (!user) {
    throw new Sorry(
      "PostgreSQL does not run as root, and no user could be made for it. Run: useradd --system recollect — or start Recollect as an ordinary user.",
    );
  }
  return user;
}
