"use client";

import Link from "next/link";
import { ActionForm } from "@/components/staff/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { MemoryStrategy, type StrategyOverride } from "@/lib/memory/schema";
import type { FormAct } from "@/lib/result";
import { strategyNames } from "./strategy-names";

const DEPLOYMENT = "deployment";

type StrategyOverridesProps = {
  /** What holds for all others. */
  usual: MemoryStrategy;
  overrides: readonly StrategyOverride[];
  choose: FormAct;
};

/** Which conversations are shown by another strategy than the rest, and a form for one more. */
export function StrategyOverrides({ usual, overrides, choose }: StrategyOverridesProps) {
  return (
    <section aria-labelledby="overrides" className="flex flex-col gap-4">
      <div>
        <h2 id="overrides" className="text-base">
          Strategy of a conversation
        </h2>
        <p className="max-w-prose text-muted text-sm">
          One conversation can be shown to the AI in another way than the rest, from its next turn
          on. Nothing that is remembered is lost, so it can be changed back. A conversation&apos;s
          id is the last part of its address at the desk.
        </p>
      </div>
      <ActionForm action={choose} done="Strategy changed" className="flex flex-col gap-3">
        {({ problem }) => (
          <div className="flex flex-wrap items-start gap-3">
            <Field
              label="Id of the conversation"
              error={problem("conversationId")}
              className="min-w-72 flex-1"
            >
              {(control) => (
                <Input {...control} name="conversationId" required autoComplete="off" />
              )}
            </Field>
            <Field label="Strategy" error={problem("strategy")}>
              {(control) => (
                <Select
                  {...control}
                  name="strategy"
                  defaultValue={usual}
                  options={options(usual)}
                />
              )}
            </Field>
            <SubmitButton className="self-end">Change</SubmitButton>
          </div>
        )}
      </ActionForm>
      {overrides.length === 0 ? (
        <p className="text-muted text-sm">No conversation has a strategy of its own.</p>
      ) : (
        <Table
          caption="Conversations with a strategy of their own"
          rows={overrides}
          rowKey={({ conversationId }) => conversationId}
          columns={[...columns, backColumn(choose)]}
        />
      )}
    </section>
  );
}

function options(usual: MemoryStrategy) {
  return [
    { value: DEPLOYMENT, label: `As all others (${strategyNames[usual].toLowerCase()})` },
    ...MemoryStrategy.options.map((value) => ({ value, label: strategyNames[value] })),
  ];
}

const columns: Column<StrategyOverride>[] = [
  {
    key: "conversation",
    header: "Conversation",
    primary: true,
    cell: ({ conversationId }) => (
      <Link href={`/desk/${conversationId}`} className="font-mono text-xs underline">
        {conversationId}
      </Link>
    ),
  },
  { key: "strategy", header: "Strategy", cell: ({ strategy }) => strategyNames[strategy] },
];

function backColumn(choose: FormAct): Column<StrategyOverride> {
  return {
    key: "back",
    header: "Change back",
    cell: ({ conversationId }) => (
      <ActionForm
        action={choose}
        fields={{ conversationId, strategy: DEPLOYMENT }}
        done="As all others again"
      >
        <SubmitButton>As all others</SubmitButton>
      </ActionForm>
    ),
  };
}
