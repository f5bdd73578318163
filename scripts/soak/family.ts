import fs from "node:fs";
import { beganAt, isAlive } from "@/scripts/setup/identity.mjs";

/** A process of ours: a pid alone may by now be somebody else's. */
export type Member = { pid: number; began: string | null };

/** Sends a signal if exactly this process still runs. */
export function signal(member: Member, name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
  if (!isAlive(member)) {
    return;
  }
  try {
    process.kill(member.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}

/** A process and its children (PostgreSQL has one for each connection), the parent first. */
export function familyOf(parent: Member): Member[] {
  const pids = fs.existsSync("/proc/self/stat") ? fs.readdirSync("/proc").map(Number) : [];
  const children = pids.filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent.pid);
  return [parent, ...children.map((pid) => ({ pid, began: beganAt(pid) }))];
}

function parentOf(pid: number): number | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

/** Waits until all are gone; whoever will not go within `graceMs` is killed. */
export async function outlive(members: readonly Member[], graceMs = 5_000): Promise<void> {
  const until = Date.now() + graceMs;
  while (members.some(isAlive)) {
    if (Date.now() > until) {
      for (const member of members) {
        signal(member, "SIGKILL");
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
