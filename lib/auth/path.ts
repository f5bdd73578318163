import type { Caller } from "./schema";

const PLAIN = /^\/(?![/\\])[^\\\p{Cc}]*$/u;

/** A path of this site, or null: `//host`, `/\host`, `/..//host`, schemes and control characters lead elsewhere. */
export function safePath(path: string | null | undefined): string | null {
  if (!path || path.length > 2_000 || !PLAIN.test(path)) {
    return null;
  }
  const url = new URL(path, "http://here.invalid");
  const plain = `${url.pathname}${url.search}${url.hash}`;
  // Dots are resolved by now, and what they hid is looked at like the rest.
  return url.host === "here.invalid" && PLAIN.test(plain) ? plain : null;
}

type Who = Pick<Caller, "kind"> & { role?: "lead" | "admin" };

/** Where somebody goes after signing in: back to where they came from if their role may be there, else to their own place. */
export function landing(who: Who, wanted?: string | null): string {
  const path = safePath(wanted);
  return path && mayEnter(who, path) ? path : home(who);
}

function home({ kind, role }: Who): string {
  if (kind === "customer") {
    return "/chat";
  }
  return role === "admin" ? "/admin" : "/desk";
}

function mayEnter({ kind, role }: Who, path: string): boolean {
  const room = path.split(/[/?#]/)[1] ?? "";
  if (["sign-in", "register", "signed-out", "invite", "api"].includes(room)) {
    return false;
  }
  if (kind === "customer") {
    return room !== "desk" && room !== "admin";
  }
  // Leads read how the installation stands; all else there is an admin's.
  const status = /^\/admin\/status(?:[?#]|$)/.test(path);
  return ["account", "desk"].includes(room) || (room === "admin" && (role === "admin" || status));
}
