import { z } from "zod";
import { SELF, TEAM } from "./export-columns";
import type { Category } from "./export-content";
import { anonymizeUserId } from "./index-hash";
import { type AuditedRow, walkAudited } from "./store-transcript";

const Acted = z.strictObject({
  at: z.iso.datetime(),
  who: z.enum([SELF, "support lead", "admin", TEAM, "the system"]),
  action: z.string(),
  about: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe("ids, codes and counts"),
});

/** Acts that begin, end or secure a session. */
const SESSIONS = new Set([
  "customer_registered",
  "identity_attached",
  "password_changed",
  "reply_link_used",
  "sign_in",
  "sign_in_failed",
  "sign_out_everywhere",
]);

/** Ids of colleagues, which are none of the customer's data. */
const COLLEAGUES = new Set(["userId", "inviteId"]);

/** Who read or changed what of the person, and their sessions, from the audit log, in which they have a pseudonym only. */
export function auditCategories(customerId: string): Category[] {
  const log = (wanted: (row: AuditedRow) => boolean) => () => walk(customerId, wanted);
  return [
    {
      name: "Sessions",
      what: "when you signed in or out, here and by links; what keeps you signed in lies in your browser only",
      origin: "observed",
      shape: Acted,
      records: log(({ action }) => SESSIONS.has(action)),
    },
    {
      name: "AuditLog",
      what: "who read or changed what of yours, and when",
      origin: "observed",
      shape: Acted,
      records: log(({ action }) => !SESSIONS.has(action)),
    },
  ];
}

async function* walk(customerId: string, wanted: (row: AuditedRow) => boolean) {
  for await (const rows of walkAudited(anonymizeUserId(customerId))) {
    yield* rows.filter(wanted).map(({ at, actor, role, action, metadata }) => ({
      at,
      who: whoever(actor, role),
      action,
      about: Object.fromEntries(Object.entries(metadata).filter(([name]) => !COLLEAGUES.has(name))),
    }));
  }
}

function whoever(actor: string, role: string | null): string {
  if (actor === "customer") {
    return SELF;
  }
  if (actor === "system") {
    return "the system";
  }
  return role === "lead" ? "support lead" : (role ?? TEAM);
}
