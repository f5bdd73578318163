import "server-only";
import type { Parts } from "@/lib/health/schema";
import { mailState } from "@/lib/mail";

/** What this process knows of the servers of others that it asks: the data centre's are `lib/health`'s own. */
export function partsOfOthers(): Parts {
  const mail = mailState();
  return { mail: mail.configured ? mail.state : "off" };
}
