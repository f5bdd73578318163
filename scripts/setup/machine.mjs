import { execFileSync } from "node:child_process";
import os from "node:os";
import { root } from "./place.mjs";

/** What a figure was measured on: machine, Node, commit (with a + where files differ from it) and day. */
export function machine() {
  const [cpu] = os.cpus();
  return {
    machine: `${os.cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    commit: readCommit(),
    date: new Date().toISOString(),
  };
}

function readCommit() {
  try {
    const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
    return `${git("rev-parse", "--short=12", "HEAD")}${git("status", "--porcelain") ? "+" : ""}`;
  } catch {
    return "unknown";
  }
}
