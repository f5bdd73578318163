"use client";

import Link from "next/link";
import { ActionForm } from "@/components/staff/action-form";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type HoldView, ReleaseReason } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { holdReasons, releaseReasons } from "./retention-words";

type HoldTableProps = {
  holds: readonly HoldView[];
  /** Staff by id. */
  names: Record<string, string>;
  release: FormAct;
};

/** What must stay for now, and the way to release it. */
export function HoldTable({ holds, names, release }: HoldTableProps) {
  return (
    <>
      <div>
        <h2 id="holds" className="scroll-mt-8 text-base">
          Legal holds
        </h2>
        <p className="max-w-prose text-muted text-sm">
          What is held is not removed, however old it is, until somebody releases it. A hold does
          not stop an erasure that a customer has asked for: whoever decides on that request does.
        </p>
      </div>
      {holds.length === 0 ? (
        <p className="text-muted text-sm">Nothing is held.</p>
      ) : (
        <Table
          caption="Legal holds"
          rows={holds}
          rowKey={({ id }) => id}
          columns={[...columns, setColumn(names), releaseColumn(release)]}
        />
      )}
    </>
  );
}

const columns: Column<HoldView>[] = [
  {
    key: "what",
    header: "What",
    primary: true,
    cell: ({ pseudonym, conversationId }) => (
      <span className="flex flex-col">
        {conversationId ? (
          <Link
            href={`/desk/${conversationId}`}
            className="rounded-sm underline-offset-4 hover:underline"
          >
            One conversation
          </Link>
        ) : (
          "Everything of a customer"
        )}
        <code className="font-mono font-normal text-muted text-xs">{pseudonym}</code>
      </span>
    ),
  },
  { key: "reason", header: "Why", cell: ({ reason }) => holdReasons[reason] },
];

function setColumn(names: Record<string, string>): Column<HoldView> {
  return {
    key: "set",
    header: "Set",
    cell: ({ setAt, setBy }) => (
      <span className="flex flex-col max-md:items-end">
        <Time at={setAt} />
        <span className="text-muted text-xs">{names[setBy] ?? "A former colleague"}</span>
      </span>
    ),
  };
}

function releaseColumn(release: FormAct): Column<HoldView> {
  return {
    key: "release",
    header: "Release",
    headerHidden: true,
    align: "end",
    cell: ({ id, pseudonym }) => (
      <ActionForm
        action={release}
        fields={{ holdId: id }}
        done="Released"
        className="inline-flex flex-wrap justify-end gap-2"
      >
        <Select
          name="reason"
          aria-label={`Why the hold on ${pseudonym} ends`}
          options={ReleaseReason.options.map((value) => ({ value, label: releaseReasons[value] }))}
        />
        <SubmitButton variant="secondary">Release</SubmitButton>
      </ActionForm>
    ),
  };
}
