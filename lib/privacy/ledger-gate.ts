import { Refusal } from "@/lib/errors";
import { once } from "@/lib/once";

type Gate = { state: "none" | "open" | "shut"; why: string | null; passed: Promise<void> };

function gate(): Gate {
  return once("privacy.gate", () => ({ state: "none", why: null, passed: Promise.resolve() }));
}

/** No key is given out in this process until `replay` has compared the erasure ledger with the database. */
export function shutGate(replay: Promise<void>): void {
  const held = gate();
  held.state = "shut";
  held.passed = replay.then(() => {
    held.state = "open";
    held.why = null;
  });
}

/** Notes why the gate stays shut: the ledger is broken, or the database does not answer. True when that is news. */
export function keepShut(why: string): boolean {
  const held = gate();
  const isNews = held.why !== why;
  held.why = why;
  return isNews;
}

/**
 * Resolves once the ledger was replayed. A database that was put back from an old copy would else show an erased person
 * for a moment. While the ledger is broken everything is refused: key_unavailable, and the log says why.
 */
export async function ledgerReplayed(): Promise<void> {
  const held = gate();
  if (held.state === "shut" && held.why !== null) {
    throw new Refusal("key_unavailable", { cause: new Error(`The ledger's gate: ${held.why}`) });
  }
  await held.passed;
}

/** Whether this process gives out keys; with the reason when it does not. For readiness and the status page. */
export function ledgerGate(): { open: boolean; why: string | null } {
  const { state, why } = gate();
  return { open: state !== "shut", why };
}
