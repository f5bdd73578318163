"use client";

import { ActionForm } from "@/components/staff/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";

type Note = { id: string; author: string; text: string; createdAt: string };
type RequestNotesProps = { requestId: string; notes: readonly Note[]; addNote: FormAct };

/** What colleagues noted about a request. Erased with the person. */
export function RequestNotes({ requestId, notes, addNote }: RequestNotesProps) {
  return (
    <Card
      title="Notes"
      description="For colleagues. Names, addresses and numbers become placeholders; all of it is erased with the person, and part of their copy."
    >
      {notes.length > 0 ? (
        <ul aria-label="Notes" className="mb-4 flex flex-col gap-3 text-sm">
          {notes.map(({ id, author, text, createdAt }) => (
            <li key={id} className="border-line border-l-2 pl-3">
              <p className="whitespace-pre-wrap break-words">{text}</p>
              <p className="text-muted text-xs">
                {author} · <Time at={createdAt} show="full" />
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      <ActionForm action={addNote} fields={{ requestId }} className="flex flex-col gap-3">
        {({ problem }) => (
          <>
            <Field label="New note" error={problem("text")}>
              {(control) => <Textarea {...control} name="text" maxLength={2_000} required />}
            </Field>
            <div>
              <SubmitButton variant="secondary">Add the note</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
    </Card>
  );
}
