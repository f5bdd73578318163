"use client";

import { ActionForm } from "@/components/staff/action-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InboxRow } from "@/lib/conversation/schema";
import type { FormAct } from "@/lib/result";
import { staffWhys } from "./hand-off-words";

type WhyNotAnswerProps = { conversation: InboxRow; ownId: string; takeOver: FormAct };

/** Who answers at the moment, and how that becomes the reader. */
export function WhyNotAnswer({ conversation, ownId, takeOver }: WhyNotAnswerProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3">
      <p className="min-w-0 grow basis-60 text-muted text-sm">{reasonOf(conversation, ownId)}</p>
      <ActionForm
        action={takeOver}
        fields={{ conversationId: conversation.id }}
        done="It is yours now"
        className="flex flex-wrap items-center gap-2"
      >
        {/* One that waits for a person brings its reason along. */}
        {conversation.owner === "NONE" ? null : (
          <Field label="Why you take over" labelHidden>
            {(control) => (
              <Select
                {...control}
                name="why"
                options={Object.entries(staffWhys).map(([value, label]) => ({ value, label }))}
              />
            )}
          </Field>
        )}
        <SubmitButton>Take over</SubmitButton>
      </ActionForm>
    </div>
  );
}

function reasonOf({ status, owner, assigneeId }: InboxRow, ownId: string): string {
  if (owner === "HUMAN" && assigneeId !== ownId) {
    return "A colleague answers here. Take over if you agreed that you go on.";
  }
  if (status === "solved") {
    return "This conversation is solved. Take it over to write to the customer again.";
  }
  return owner === "NONE"
    ? "The customer waits for a person. Take over to answer."
    : "The AI answers here. Take over to answer yourself; it writes nothing while you do.";
}
