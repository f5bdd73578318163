import { AuditAction } from "@/lib/privacy/schema";

export type AuditAsked = {
  action?: string | undefined;
  actor?: string | undefined;
  anonymizedUser?: string | undefined;
  before?: number | undefined;
};

/** What the address asks of the log; what cannot be read is left out. */
export function readAuditQuery(query: Record<string, string | undefined>): AuditAsked {
  const before = Number(query["before"]);
  const user = query["user"]?.trim().toLowerCase();
  return {
    action: AuditAction.safeParse(query["action"]).data,
    actor: query["actor"] || undefined,
    anonymizedUser: user || undefined,
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
  };
}

/** The address that asks for it. */
export function auditHref(asked: AuditAsked): string {
  const query = new URLSearchParams(
    Object.entries({
      action: asked.action,
      actor: asked.actor,
      user: asked.anonymizedUser,
      before: asked.before?.toString(),
    }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return query ? `/admin/audit?${query}` : "/admin/audit";
}
