import "server-only";
import { modelStates } from "@/lib/agent";
import type { Parts } from "@/lib/health/schema";
import { mailState } from "@/lib/mail";

/** What this process knows of the servers of others that it asks: the models and the mail server. */
export function partsOfOthers(): Parts {
  const models = modelStates();
  const first = models.find(({ role }) => role === "first");
  const second = models.find(({ role }) => role === "second");
  const mail = mailState();
  return {
    model: first?.state ?? "off",
    ...(second && { model_second: second.state }),
    mail: mail.configured ? mail.state : "off",
  };
}
