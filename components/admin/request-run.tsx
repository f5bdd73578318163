"use client";

import { ActionForm } from "@/components/staff/action-form";
import { refusalOf } from "@/components/staff/refusal-of";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DataRequestView } from "@/lib/privacy/schema";
import type { Act, FormAct } from "@/lib/result";

type RequestRunProps = {
  request: DataRequestView;
  run: FormAct & Act<{ requestId: string }, void>;
};

/** Starts a request, or goes on with one that failed. An erasure asks for the customer's pseudonym first. */
export function RequestRun({ request, run }: RequestRunProps) {
  const again = request.state === "failed";
  if (request.kind === "export") {
    return (
      <ActionForm action={run} fields={{ requestId: request.id }}>
        <SubmitButton>{again ? "Try again" : "Make the file"}</SubmitButton>
      </ActionForm>
    );
  }
  return (
    <div>
      <ConfirmDialog
        tone="danger"
        trigger={
          <Button variant="danger">{again ? "Go on erasing" : "Erase this customer"}</Button>
        }
        title="Erase this customer for good?"
        description="Their key is destroyed and everything counted above is removed. Nobody can undo this, and no backup of today can open what was sealed."
        confirmLabel="Erase this customer"
        typeToConfirm={request.pseudonym.slice(0, 6)}
        onConfirm={async () => refusalOf(await run({ requestId: request.id }))}
      />
    </div>
  );
}
