import { AuditAction } from "@/lib/privacy/schema";

export type AuditAsked = {
  action?: string | undefined;
  actor?: string | undefined;
  anonymizedUser?: string | undefined;
  before?: number | undefined;
  /** Days, both included, as an address and a date field write them: 2026-11-23. Read in UTC, like the log. */
  fromDay?: string | undefined;
  untilDay?: string | undefined;
};

const DAY_MS = 86_400_000;

/** What the address asks of the log; what cannot be read is left out. */
export function readAuditQuery(query: Record<string, string | undefined>): AuditAsked {
  const before = Number(query["before"]);
  const user = query["user"]?.trim().toLowerCase();
  return {
    action: AuditAction.safeParse(query["action"]).data,
    actor: query["actor"] || undefined,
    anonymizedUser: user || undefined,
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
    fromDay: readDay(query["from"]),
    untilDay: readDay(query["until"]),
  };
}

function readDay(day: string | undefined): string | undefined {
  return day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

/** The moments between which the days lie: from the first one's beginning until the last one's end. */
export function momentsOf({ fromDay, untilDay }: AuditAsked): { from?: Date; until?: Date } {
  return {
    ...(fromDay ? { from: new Date(fromDay) } : {}),
    ...(untilDay ? { until: new Date(Date.parse(untilDay) + DAY_MS) } : {}),
  };
}

/** The address that asks for it. */
export function auditHref(asked: AuditAsked): string {
  return hrefOf("/admin/audit", asked);
}

/** The address of the same entries as a file, from the newest to the oldest. */
export function auditFileHref(asked: AuditAsked, kind: "csv" | "json"): string {
  return hrefOf(`/admin/audit/file/${kind}`, { ...asked, before: undefined });
}

function hrefOf(path: string, asked: AuditAsked): string {
  const query = new URLSearchParams(
    Object.entries({
      action: asked.action,
      actor: asked.actor,
      user: asked.anonymizedUser,
      from: asked.fromDay,
      until: asked.untilDay,
      before: asked.before?.toString(),
    }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return query ? `${path}?${query}` : path;
}
