"use client";

import type { ReactNode } from "react";
import { ActionForm } from "@/components/staff/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type DataRequestView, extensionReasons, refusalReasons } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";

export type DecideActs = {
  refuse: FormAct;
  extend: FormAct;
  askProof: FormAct;
  confirmPerson: FormAct;
};

type RequestDecideProps = { request: DataRequestView; acts: DecideActs };

/** What an admin can decide about a request beside yes: no, more time, and whether it is the person. */
export function RequestDecide({ request, acts }: RequestDecideProps) {
  const { id: requestId, state } = request;
  const decidable = ["received", "identity_check", "approved", "failed"].includes(state);
  const extendable = request.extended === null && state !== "waiting" && state !== "running";
  return (
    <div className="flex flex-wrap items-start gap-2">
      {state === "identity_check" ? (
        <ActionForm action={acts.confirmPerson} fields={{ requestId }}>
          <SubmitButton variant="secondary">It is them: I have made sure</SubmitButton>
        </ActionForm>
      ) : null}
      {state === "received" && request.customerId ? (
        <ActionForm action={acts.askProof} fields={{ requestId }}>
          <SubmitButton variant="secondary">Ask them for proof</SubmitButton>
        </ActionForm>
      ) : null}
      {decidable && extendable ? (
        <WithReason
          label="Extend by two months …"
          title="Extend by two months?"
          description="The person is told the reason on their privacy page, and by mail where mail is set up. The law allows it once, within the first month."
          submit="Extend"
          action={acts.extend}
          requestId={requestId}
          reasons={extensionReasons}
        />
      ) : null}
      {decidable ? (
        <WithReason
          label="Refuse …"
          title="Refuse this request?"
          description="The person is told the reason, and that they can complain to an authority and go to court."
          submit="Refuse it"
          action={acts.refuse}
          requestId={requestId}
          reasons={refusalReasons}
        />
      ) : null}
    </div>
  );
}

type WithReasonProps = {
  label: string;
  title: string;
  description: ReactNode;
  submit: string;
  action: FormAct;
  requestId: string;
  reasons: Record<string, string>;
};

function WithReason(props: WithReasonProps) {
  const options = Object.entries(props.reasons).map(([value, label]) => ({ value, label }));
  return (
    <Dialog
      trigger={<Button>{props.label}</Button>}
      title={props.title}
      description={props.description}
    >
      <ActionForm
        action={props.action}
        fields={{ requestId: props.requestId }}
        className="flex flex-col gap-5"
      >
        <Field label="Reason">
          {(control) => <Select {...control} name="reason" options={options} />}
        </Field>
        <div className="flex justify-end">
          <SubmitButton>{props.submit}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
