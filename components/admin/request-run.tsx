"use client";

import { useState } from "react";
import { ActionForm } from "@/components/staff/action-form";
import { refusalOf } from "@/components/staff/refusal-of";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DataRequestView } from "@/lib/privacy/schema";
import type { Act, FormAct } from "@/lib/result";
import { approveWords } from "./request-words";

type RequestRunProps = {
  request: DataRequestView;
  /** Whether this admin may say yes, and if not, why. */
  approval: "yes" | "another_admin" | "alone";
  approve: FormAct & Act<{ requestId: string; password?: string }, void>;
  run: FormAct & Act<{ requestId: string }, void>;
};

/** Says yes to a request, or goes on with one that failed. An erasure asks for the customer's pseudonym first. */
export function RequestRun(props: RequestRunProps) {
  const { request, approval, approve, run } = props;
  const again = request.state === "failed";
  if (request.kind === "erasure") {
    return approval === "another_admin" && !again ? <NeedsAnother /> : <Erase {...props} />;
  }
  return (
    <ActionForm action={again ? run : approve} fields={{ requestId: request.id }}>
      <SubmitButton>{again ? "Try again" : approveWords[request.kind]}</SubmitButton>
    </ActionForm>
  );
}

function NeedsAnother() {
  return (
    <Notice tone="info" title="Another admin has to approve it" quiet>
      You have opened this erasure, so a colleague looks at it before it runs. They find it under
      Requests.
    </Notice>
  );
}

function Erase({ request, approval, approve, run }: RequestRunProps) {
  const [password, setPassword] = useState("");
  const again = request.state === "failed";
  const alone = approval === "alone" && !again;
  const begin = () => {
    const { id: requestId } = request;
    return again ? run({ requestId }) : approve({ requestId, ...(alone ? { password } : {}) });
  };
  return (
    <ConfirmDialog
      tone="danger"
      trigger={<Button variant="danger">{again ? "Go on erasing" : "Erase this customer"}</Button>}
      title="Erase this customer for good?"
      description={
        <>
          Their key is destroyed and everything counted above is removed. Nobody can undo this, and
          no backup of today can open what was sealed.
          {alone
            ? " You are the only admin: it begins in 24 hours, and until then a colleague can stop it."
            : null}
        </>
      }
      confirmLabel="Erase this customer"
      typeToConfirm={request.pseudonym.slice(0, 6)}
      onConfirm={async () => refusalOf(await begin())}
    >
      {alone ? (
        <Field label="Your password">
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
      ) : null}
    </ConfirmDialog>
  );
}
