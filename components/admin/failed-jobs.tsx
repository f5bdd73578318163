"use client";

import { ActionForm } from "@/components/staff/action-form";
import { refusalOf } from "@/components/staff/refusal-of";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import type { FailedJob } from "@/lib/job/schema";
import type { Act, FormAct } from "@/lib/result";

type RetryAll = Act<Record<string, never>, { count: number }>;

type FailedJobsProps = {
  /** The newest of them. */
  jobs: readonly FailedJob[];
  total: number;
  /** Null for a lead, who may only look. */
  retry: FormAct | null;
  retryAll: RetryAll | null;
};

/** The jobs that used up their retries: what they were about, why they failed, and another try. */
export function FailedJobs({ jobs, total, retry, retryAll }: FailedJobsProps) {
  return (
    <section aria-labelledby="failed-jobs">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="failed-jobs" className="text-base">
          Failed jobs
        </h2>
        {retryAll && total > 0 ? <RetryAllButton total={total} retryAll={retryAll} /> : null}
      </div>
      {jobs.length === 0 ? (
        <p className="text-muted text-sm">
          None. A job that fails is tried again ten times within half an hour; one that still fails
          then stands here for a week.
        </p>
      ) : (
        <Table
          caption="Failed jobs"
          rows={jobs}
          rowKey={({ id }) => id}
          columns={retry ? [...columns, retryColumn(retry)] : columns}
        />
      )}
      {total > jobs.length ? (
        <p className="mt-3 text-muted text-sm">
          The newest {jobs.length} of {total.toLocaleString("en")}.
        </p>
      ) : null}
    </section>
  );
}

const columns: Column<FailedJob>[] = [
  { key: "name", header: "Job", primary: true, cell: ({ name }) => jobTexts[name] },
  {
    key: "about",
    header: "About",
    cell: ({ ids }) =>
      ids.map((id) => (
        <code key={id} title={id} className="font-mono text-xs">
          …{id.slice(-8)}
        </code>
      )),
  },
  {
    key: "code",
    header: "Why",
    cell: ({ code }) => <code className="font-mono text-xs">{code}</code>,
  },
  { key: "tries", header: "Tries", align: "end", cell: ({ tries }) => tries },
  { key: "failed", header: "Failed", cell: ({ failedAt }) => <Time at={failedAt} /> },
];

const jobTexts: Record<FailedJob["name"], string> = {
  fold: "Fold a memory",
  facts: "Read a conversation for facts",
  summarize: "Write a case summary",
  export: "Make an export",
  erase: "Erase a customer",
  sweep: "Search for an erased customer",
  audit: "Chain the audit log",
  expire: "Remove what has expired",
  retain: "Remove what is kept no longer",
  announce: "Announce an answer by mail",
  clear: "Clear up behind a deleted conversation",
  requestCode: "Send a request’s code",
  requestNews: "Say that a request has news",
};

function retryColumn(retry: FormAct): Column<FailedJob> {
  return {
    key: "retry",
    header: "Try again",
    headerHidden: true,
    align: "end",
    cell: ({ id }) => (
      <ActionForm action={retry} fields={{ jobId: id }} done="It is tried again">
        <SubmitButton size="sm" variant="secondary">
          Retry
        </SubmitButton>
      </ActionForm>
    ),
  };
}

function RetryAllButton({ total, retryAll }: { total: number; retryAll: RetryAll }) {
  const toast = useToast();
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Retry all</Button>}
      title="Try all failed jobs again?"
      description={`${total.toLocaleString("en")} jobs begin at once. What made them fail should be mended first.`}
      confirmLabel="Retry all"
      onConfirm={async () => {
        const result = await retryAll({});
        if (result.ok) {
          toast({ title: `${result.data.count} are tried again`, tone: "success" });
        }
        return refusalOf(result);
      }}
    />
  );
}
