import { Check } from "lucide-react";
import Link from "next/link";
import { ActionForm } from "@/components/staff/action-form";
import { Badge } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import type { SummaryRow } from "@/lib/summary/schema";
import { customerLabel } from "./customer-label";

type SummaryListProps = { rows: readonly SummaryRow[]; approve: FormAct };

/** Summaries, newest first or best match first; each leads to its conversation and can be approved here. */
export function SummaryList({ rows, approve }: SummaryListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {rows.map((row) => (
        <li key={row.conversationId}>
          <SummaryEntry row={row} approve={approve} />
        </li>
      ))}
    </ul>
  );
}

function SummaryEntry({ row, approve }: { row: SummaryRow; approve: FormAct }) {
  return (
    <article className="grid gap-x-6 gap-y-3 px-4 py-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
      <div className="min-w-0">
        <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
          <Link
            href={`/desk/${row.conversationId}`}
            className="rounded-sm underline-offset-4 hover:underline"
          >
            {customerLabel(row.anonymizedUser)}
          </Link>
          {row.topic ? <Badge>{row.topic}</Badge> : null}
          <Review row={row} />
        </h2>
        {row.summary ? (
          <p dir="auto" className="mt-1.5 max-w-prose text-sm">
            {row.summary}
          </p>
        ) : (
          <p className="mt-1.5 max-w-prose text-muted text-sm">
            {row.keyMissing
              ? "Cannot be opened right now: its key is missing. Nothing is lost, and the operators have been told."
              : "No summary available. The words stand in its messages."}
          </p>
        )}
        <p className="mt-1.5 flex flex-wrap gap-x-1.5 text-muted text-xs">
          <span>
            Last message <Time at={row.lastMessageAt} />
          </span>
          {row.relevance === null ? null : (
            <>
              <span aria-hidden>·</span>
              <span>Relevance {row.relevance.toFixed(2)}</span>
            </>
          )}
        </p>
      </div>
      {row.version !== null && !row.reviewed ? (
        <ActionForm
          action={approve}
          fields={{ conversationId: row.conversationId, version: String(row.version) }}
          done="Summary approved"
          className="flex flex-col items-start gap-2 sm:items-end"
        >
          <SubmitButton size="sm" variant="secondary">
            <Check aria-hidden />
            Approve
            <span className="sr-only"> the summary of {customerLabel(row.anonymizedUser)}</span>
          </SubmitButton>
        </ActionForm>
      ) : null}
    </article>
  );
}

function Review({ row }: { row: SummaryRow }) {
  if (row.summary === null) {
    return null;
  }
  return row.reviewed ? (
    <Badge tone="success">Reviewed</Badge>
  ) : (
    <Badge tone="warning">To review</Badge>
  );
}
