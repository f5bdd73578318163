import { execFileSync } from "node:child_process";
import fs from "node:fs";

/**
 * When a process began, or null when it does not run. A pid alone is reused by the system; a pid with its beginning
 * is not, so nothing is ever stopped that is not ours.
 */
export function beganAt(pid) {
  try {
    return fs.existsSync("/proc/self/stat") ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

function fromProc(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return fields[0] === "Z" ? null : `${boot}:${fields[19]}`;
}

function fromPs(pid) {
  const environment = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  return (
    execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env: environment })
      .trim()
      .replace(/\s+/g, " ") || null
  );
}

/** Whether exactly this process (not a later one with the same pid) still runs. */
export const isAlive = ({ pid, began }) => began !== null && beganAt(pid) === began;

/** The words a process was started with, for pid files that hold nothing but a number. */
export function commandOf(pid) {
  try {
    return fs.existsSync("/proc/self/cmdline")
      ? fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") {
      throw error;
    }
  }
}

/** Asks a process to end, waits, and ends its whole group when it does not. Already ended is fine. */
export async function end({ pid, began, signal: name = "SIGTERM", graceMs = 5000 }) {
  if (isAlive({ pid, began })) {
    signal(pid, name);
    const until = Date.now() + graceMs;
    while (isAlive({ pid, began }) && Date.now() < until) {
      await pause(50);
    }
  }
  if (isAlive({ pid, began })) {
    signal(-pid, "SIGKILL");
    signal(pid, "SIGKILL");
    while (isAlive({ pid, began })) {
      await pause(50);
    }
  }
}
