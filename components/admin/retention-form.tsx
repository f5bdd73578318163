"use client";

import { useActionState, useState } from "react";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import type { RetentionDue, RetentionState } from "@/lib/privacy/schema";
import type { FormAct, Result } from "@/lib/result";
import {
  EXPORT_DAYS_MAX,
  RETENTION_DAYS_MAX,
  RETENTION_DAYS_MIN,
  type RetentionRules,
  retentionTiers,
} from "@/lib/setting/schema";
import { DueTable } from "./retention-due";
import { changesOf, tierNames } from "./retention-words";

type Changed = { act: "count"; due: RetentionDue } | { act: "change"; from: string };

type RetentionFormProps = { state: RetentionState; change: FormAct<Changed> };
type Values = Record<string, string>;

/** The days of each tier, to be counted by and to be changed. */
export function RetentionForm({ state, change }: RetentionFormProps) {
  const toast = useToast();
  const run: FormAct<Changed> = async (previous, form) => {
    const result = await change(previous, form);
    if (result.ok && result.data.act === "change") {
      toast({ title: "The change takes effect in 24 hours", tone: "success" });
    }
    return result;
  };
  const [result, submit, pending] = useActionState<Result<Changed> | null, FormData>(run, null);
  // Kept here, because a form that was answered is emptied, and one counts before one changes.
  const [values, setValues] = useState<Values>(() => valuesOf(state.rules));
  const refused = result && !result.ok && !pending ? result : null;
  const draw = (name: string, label: string, limits: Limits = {}) => (
    <Days
      key={name}
      name={name}
      label={label}
      {...limits}
      value={values[name] ?? ""}
      problem={refused?.fields?.[name]}
      change={(value) => setValues((before) => ({ ...before, [name]: value }))}
    />
  );
  const other = changesOf(state.rules, state.inForce);
  return (
    <Card
      title="Days that things are kept"
      description="Counted from a conversation's last message. A change takes effect after 24 hours and can be taken back until then."
    >
      <form action={submit} className="flex flex-col gap-6">
        {other.length > 0 ? (
          <Notice tone="info" quiet>
            This installation has a rule of its own, which says otherwise:{" "}
            {other.map(({ what, after }) => `${what} ${after ?? "without end"}`).join("; ")}.
          </Notice>
        ) : null}
        <Group
          legend="Conversations"
          hint="With all that belongs to them: messages, summaries, memory, search words and copies."
        >
          {retentionTiers.map((tier) => draw(`conversations_${tier}`, tierNames[tier]))}
        </Group>
        <Group
          legend="Guests' records"
          hint="A guest of whom no conversation is left, counted from when they last wrote. They are erased, with a receipt."
        >
          {draw("guests", "Days")}
        </Group>
        <Group
          legend="Facts remembered across conversations"
          hint="Counted from when they were said. Leave a field empty to keep them until they are forgotten or erased."
        >
          {retentionTiers.map((tier) => draw(`facts_${tier}`, tierNames[tier], { optional: true }))}
        </Group>
        <Group
          legend="Finished copies of data"
          hint="How long one can be downloaded. This holds for copies that are made from then on."
        >
          {draw("exports", "Days", { min: 1, max: EXPORT_DAYS_MAX })}
        </Group>
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="secondary" name="act" value="count">
            Count what would go
          </SubmitButton>
          <SubmitButton name="act" value="change">
            Change in 24 hours
          </SubmitButton>
        </div>
        <div role="alert" className="empty:hidden">
          {refused ? <FieldError>{refused.message}</FieldError> : null}
        </div>
        <div role="status" className="empty:hidden">
          {result?.ok && result.data.act === "count" && !pending ? (
            <DueTable caption="These days would remove now" due={result.data.due} />
          ) : null}
        </div>
      </form>
    </Card>
  );
}

function valuesOf({ conversations, guests, facts, exports }: RetentionRules): Values {
  const byTier = retentionTiers.flatMap((tier) => [
    [`conversations_${tier}`, String(conversations[tier])],
    [`facts_${tier}`, facts[tier] === null ? "" : String(facts[tier])],
  ]);
  return { ...Object.fromEntries(byTier), guests: String(guests), exports: String(exports) };
}

function Group(props: { legend: string; hint: string; children: React.ReactNode }) {
  return (
    <fieldset>
      <legend className="font-medium text-sm">{props.legend}</legend>
      <p className="mb-3 max-w-prose text-muted text-xs">{props.hint}</p>
      <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4">{props.children}</div>
    </fieldset>
  );
}

type Limits = { optional?: boolean; min?: number; max?: number };

type DaysProps = Limits & {
  name: string;
  label: string;
  value: string;
  problem: string | undefined;
  change: (value: string) => void;
};

function Days({ name, label, value, problem, change, ...limits }: DaysProps) {
  const { optional = false, min = RETENTION_DAYS_MIN, max = RETENTION_DAYS_MAX } = limits;
  return (
    <Field label={label} error={problem}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          required={!optional}
          placeholder={optional ? "No end" : undefined}
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}
