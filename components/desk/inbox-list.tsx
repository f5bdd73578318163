import { ThumbsDown } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import type { InboxRow } from "@/lib/conversation/schema";
import { customerLabel } from "./customer-label";
import { handOffText } from "./hand-off-words";
import { StatusBadge } from "./status-badge";
import { Wait } from "./wait";

export type InboxItem = {
  row: InboxRow;
  /** The summary in one line, or null where none is written yet. */
  line: string | null;
  /** Who owns it or is assigned. */
  assignee: string | null;
};

/** The conversations of one page of the inbox, in the order the door gives: longest wait first. */
export function InboxList({ items }: { items: readonly InboxItem[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {items.map((item) => (
        <li key={item.row.id}>
          <InboxEntry {...item} />
        </li>
      ))}
    </ul>
  );
}

function InboxEntry({ row, line, assignee }: InboxItem) {
  return (
    <article
      className={classNames(
        "relative grid gap-x-6 gap-y-2 px-4 py-3.5 transition-colors hover:bg-sunken/60 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5",
        row.unread && "border-accent border-l-3 pl-[calc(1rem-3px)] sm:pl-[calc(1.25rem-3px)]",
      )}
    >
      <div className="min-w-0">
        <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
          <Link
            href={`/desk/${row.id}`}
            className="rounded-sm after:absolute after:inset-0 after:content-['']"
          >
            {customerLabel(row.anonymizedUser)}
          </Link>
          {row.unread ? <Badge tone="accent">Unread</Badge> : null}
          {row.thumbsDown > 0 ? (
            <Badge tone="danger" icon={<ThumbsDown aria-hidden />}>
              <span className="sr-only">Rated down: </span>
              {row.thumbsDown}
            </Badge>
          ) : null}
        </h2>
        <p
          dir="auto"
          className={classNames(
            "mt-1 line-clamp-2 text-sm",
            row.unread ? "text-ink" : "text-muted",
          )}
        >
          {row.keyMissing
            ? "Cannot be opened right now: its key is missing. Nothing is lost, and the operators have been told."
            : (line ?? row.title ?? "No text yet")}
        </p>
        <Reason row={row} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs sm:flex-col sm:items-end sm:justify-center">
        <StatusBadge status={row.status} />
        <span className="flex flex-wrap gap-x-1.5">
          <When row={row} />
          <span aria-hidden>·</span>
          <span>{assignee ?? "Unassigned"}</span>
        </span>
      </div>
    </article>
  );
}

function Reason({ row }: { row: InboxRow }) {
  const reason = handOffText(row);
  return reason ? <p className="mt-1 text-muted text-xs">{reason}</p> : null;
}

function When({ row }: { row: InboxRow }) {
  return row.status === "waiting" && row.waitingSince ? (
    <span className="font-medium text-warning-ink">
      waits <Wait since={row.waitingSince} />
    </span>
  ) : (
    <Time at={row.lastMessageAt} />
  );
}
