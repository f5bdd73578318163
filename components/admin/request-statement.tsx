"use client";

import { statementFields } from "@/components/privacy/request-words";
import { ActionForm } from "@/components/staff/action-form";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Statement, StatementField } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";

const ownFields: readonly StatementField[] = ["name", "email"];

type RequestStatementProps = {
  requestId: string;
  said: Statement;
  /** Absent once it is answered. */
  correct: FormAct | null;
};

/** What somebody says is wrong about them and what is right, as placeholders. */
export function RequestStatement({ requestId, said, correct }: RequestStatementProps) {
  const own = ownFields.includes(said.field);
  return (
    <Card title="What is said to be wrong" description={statementFields[said.field]}>
      <dl className="grid gap-4 text-sm sm:grid-cols-2">
        <div>
          <dt className="mb-0.5 text-muted text-xs">As it stands</dt>
          <dd className="break-words">{said.before || "Not said"}</dd>
        </div>
        <div>
          <dt className="mb-0.5 text-muted text-xs">As it should be</dt>
          <dd className="break-words">{said.after}</dd>
        </div>
      </dl>
      {correct ? (
        <ActionForm action={correct} fields={{ requestId }} className="mt-5 flex flex-col gap-2">
          <p className="text-muted text-sm">
            {own
              ? "Putting it right changes it in their account at once."
              : "Put it right first in the systems where it stands, such as the shop’s. Their conversation shows you the value when you own it."}
          </p>
          <div>
            <SubmitButton>{own ? "Put it right" : "It is put right"}</SubmitButton>
          </div>
        </ActionForm>
      ) : null}
    </Card>
  );
}
