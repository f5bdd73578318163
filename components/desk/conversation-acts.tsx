"use client";

import { Check, CornerUpLeft, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/staff/action-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InboxRow, MessageView } from "@/lib/conversation/schema";
import type { FormAct } from "@/lib/result";
import { type Reveal, RevealDialog } from "./reveal-dialog";

export type Colleague = { id: string; name: string };

type ConversationActsProps = {
  conversation: InboxRow;
  /** The reader owns it and sees the customer's values already. */
  restored: boolean;
  ownId: string;
  colleagues: readonly Colleague[];
  handBack: FormAct;
  solve: FormAct;
  reopen: FormAct;
  assign: FormAct;
  reveal: Reveal;
  onRevealed: (messages: MessageView[]) => void;
  children: ReactNode;
};

/** What can be done with the conversation now; what makes no sense in its state is not shown. */
export function ConversationActs(props: ConversationActsProps) {
  const { conversation, ownId } = props;
  const fields = { conversationId: conversation.id };
  const foreign = conversation.owner === "HUMAN" && conversation.assigneeId !== ownId;
  const solved = conversation.status === "solved";
  return (
    <div className="mb-5 flex flex-wrap items-start gap-2">
      {props.restored ? (
        <ActionForm action={props.handBack} fields={fields} done="The AI answers again">
          <SubmitButton variant="secondary">
            <CornerUpLeft aria-hidden />
            Hand back to the AI
          </SubmitButton>
        </ActionForm>
      ) : null}
      {solved ? (
        <ActionForm action={props.reopen} fields={fields} done="Reopened">
          <SubmitButton variant="secondary">
            <RotateCcw aria-hidden />
            Reopen
          </SubmitButton>
        </ActionForm>
      ) : null}
      {solved || foreign ? null : (
        <ActionForm action={props.solve} fields={fields} done="Solved">
          <SubmitButton variant="secondary">
            <Check aria-hidden />
            Solve
          </SubmitButton>
        </ActionForm>
      )}
      {solved ? null : <Assign {...props} />}
      {props.restored ? null : (
        <RevealDialog
          conversationId={conversation.id}
          reveal={props.reveal}
          onRevealed={props.onRevealed}
        />
      )}
      {props.children}
    </div>
  );
}

/** Chosen is done: the form goes off with the choice, and a button does the same where there is no JavaScript. */
function Assign({ conversation, colleagues, ownId, assign }: ConversationActsProps) {
  const options = [
    { value: "", label: "Nobody" },
    ...colleagues.map(({ id, name }) => ({
      value: id,
      label: id === ownId ? `${name} (you)` : name,
    })),
  ];
  return (
    <ActionForm action={assign} fields={{ conversationId: conversation.id }} done="Assigned">
      <Field label="Assigned to" labelHidden className="gap-0!">
        {(control) => (
          <Select
            {...control}
            key={conversation.assigneeId ?? ""}
            name="userId"
            defaultValue={conversation.assigneeId ?? ""}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
            options={options.map((option) => ({
              ...option,
              label: `Assigned to: ${option.label}`,
            }))}
          />
        )}
      </Field>
    </ActionForm>
  );
}
