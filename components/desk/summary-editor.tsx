"use client";

import { useState } from "react";
import { ActionForm } from "@/components/staff/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct } from "@/lib/result";
import type { SummaryView } from "@/lib/summary/schema";

type SummaryEditorProps = {
  conversationId: string;
  summary: Extract<SummaryView, { state: "ready" }>;
  edit: FormAct;
  close: () => void;
};

/** Corrects a summary, sentence by sentence, so that each keeps its messages. Saved, it counts as reviewed. */
export function SummaryEditor({ conversationId, summary, edit, close }: SummaryEditorProps) {
  const [line, setLine] = useState(summary.line);
  const [sentences, setSentences] = useState(summary.sentences);
  const change = (index: number, text: string) =>
    setSentences((before) => before.map((each, at) => (at === index ? { ...each, text } : each)));
  const kept = sentences.filter(({ text }) => text.trim() !== "");
  return (
    <ActionForm
      action={edit}
      fields={{
        conversationId,
        version: String(summary.version),
        sentences: JSON.stringify(kept),
      }}
      done="Summary saved"
      onDone={close}
      className="flex flex-col gap-4"
    >
      {(form) => (
        <>
          <Field label="In one line" error={form.problem("line")}>
            {(control) => (
              <Input
                {...control}
                name="line"
                required
                dir="auto"
                value={line}
                onChange={({ target }) => setLine(target.value)}
              />
            )}
          </Field>
          {sentences.map((sentence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sentences are not moved while they are edited.
            <Field key={index} label={`Sentence ${index + 1}`} hint={hintFor(sentence)}>
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  dir="auto"
                  value={sentence.text}
                  onChange={({ target }) => change(index, target.value)}
                />
              )}
            </Field>
          ))}
          <div className="flex flex-wrap gap-2">
            <SubmitButton size="sm">Save as reviewed</SubmitButton>
            <Button size="sm" variant="quiet" onClick={close}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </ActionForm>
  );
}

function hintFor(sentence: { sources: readonly string[] }): string {
  const count = sentence.sources.length;
  return `Rests on ${count} ${count === 1 ? "message" : "messages"}. Empty it to leave it out.`;
}
