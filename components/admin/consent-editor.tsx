"use client";

import { useState } from "react";
import { Responsible } from "@/components/chat/consent-form";
import { ActionForm, type FormState } from "@/components/staff/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentText } from "@/lib/customer/schema";
import type { FormAct } from "@/lib/result";
import type { ConsentDraft } from "@/lib/setting/schema";

type ConsentEditorProps = {
  draft: ConsentDraft;
  /** As customers read them now. */
  text: ConsentText;
  publish: FormAct;
};

/** The words as they are agreed to, and a form for others. */
export function ConsentEditor({ draft, text, publish }: ConsentEditorProps) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title="Other words" description="Everybody is asked again, so change them with care.">
        <ActionForm action={publish} done="Published" className="flex flex-col gap-5">
          {(form) => <Controls draft={draft} form={form} />}
        </ActionForm>
      </Card>
      <Card title={`In force: version ${text.version}`}>
        <p className="font-medium">{text.title}</p>
        <ul className="mt-3 flex flex-col gap-2.5">
          {text.points.map((point) => (
            <li key={point} className="flex gap-3 text-sm">
              <span aria-hidden className="mt-2 size-1.5 shrink-0 rounded-full bg-accent" />
              <span>{point}</span>
            </li>
          ))}
        </ul>
        <Responsible text={text} />
        <p className="mt-4 text-muted text-xs">
          SHA-256 <code className="break-all font-mono">{text.hash}</code>
        </p>
      </Card>
    </div>
  );
}

type Written = { title: string; points: string; controller: string; contact: string };

function Controls({ draft, form }: { draft: ConsentDraft; form: FormState<void> }) {
  // Kept here, because a form that was answered is emptied.
  const [written, setWritten] = useState<Written>({ ...draft, points: draft.points.join("\n") });
  const bind = (name: keyof Written) => ({
    name,
    value: written[name],
    onChange: ({ target }: { target: { value: string } }) =>
      setWritten((before) => ({ ...before, [name]: target.value })),
  });
  return (
    <>
      <Field label="Title" error={form.problem("title")}>
        {(control) => <Input {...control} {...bind("title")} required maxLength={100} />}
      </Field>
      <Field
        label="What customers agree to"
        hint="One point in each line. {days} stands once, where the days of the retention rules are put in."
        error={form.problem("points")}
      >
        {(control) => <Textarea {...control} {...bind("points")} required rows={10} dir="auto" />}
      </Field>
      <Field
        label="Who is responsible"
        hint="The company's full name and postal address."
        error={form.problem("controller")}
      >
        {(control) => <Input {...control} {...bind("controller")} maxLength={200} />}
      </Field>
      <Field
        label="How they are reached"
        hint="An address for questions about data, and the data protection officer if there is one."
        error={form.problem("contact")}
      >
        {(control) => <Input {...control} {...bind("contact")} maxLength={200} />}
      </Field>
      <SubmitButton className="self-start">Publish, and ask everybody again</SubmitButton>
    </>
  );
}
