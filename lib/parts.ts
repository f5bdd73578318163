import "server-only";
import { modelStates } from "@/lib/agent";
import type { Parts } from "@/lib/health/schema";
import { mailState } from "@/lib/mail";
import { memoryState } from "@/lib/memory";
import { ledgerGate } from "@/lib/privacy";

/**
 * What this process knows of what other rooms stand on: the models, the mail server, keys and the erasure ledger, and
 * the stores of memory as its own checks found them.
 */
export function partsOfOthers(): Parts {
  const models = modelStates();
  const first = models.find(({ role }) => role === "first");
  const second = models.find(({ role }) => role === "second");
  const mail = mailState();
  return {
    model: first?.state ?? "off",
    ...(second && { model_second: second.state }),
    mail: mail.configured ? mail.state : "off",
    keys: ledgerGate().open ? "up" : "down",
    memory: memoryState(),
  };
}
