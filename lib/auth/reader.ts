import { findCaller } from "./caller";

/** As whom help pages are read: the team, a customer who is signed in, or anybody. */
export async function findReader(): Promise<"public" | "customer" | "staff"> {
  const caller = await findCaller();
  if (caller?.kind === "staff") {
    return "staff";
  }
  return caller?.registered ? "customer" : "public";
}
