"use client";

import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import { useOrigin } from "./use-origin";

type Made = { token: string; code: string; expiresAt: string };

/** Answers somebody who has no account: a link and a code, each shown once, each given by another way. */
export function AnswerLink({ requestId, make }: { requestId: string; make: FormAct<Made> }) {
  const [result, submit, pending] = useActionState(make, null);
  return (
    <Card
      title="Answer without an account"
      description="A link that opens the file once, together with a code. Give the link by mail and the code by phone, or the other way round. Or download the file and send it by post."
    >
      <form action={submit}>
        <input type="hidden" name="requestId" value={requestId} />
        <SubmitButton variant="secondary">Make a link and a code</SubmitButton>
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </form>
      {result?.ok && !pending ? <Shown made={result.data} /> : null}
    </Card>
  );
}

function Shown({ made: { token, code, expiresAt } }: { made: Made }) {
  const link = `${useOrigin()}/answer/${token}`;
  return (
    <Notice tone="success" title="Copy both now. They are shown only once." className="mt-5">
      <div className="mt-2 flex flex-col gap-3">
        {[
          { label: "Link", value: link },
          { label: "Code", value: code },
        ].map(({ label, value }) => (
          <div key={label} className="flex flex-wrap items-end gap-2">
            <Field label={label} className="min-w-0 grow">
              {(control) => <Input {...control} readOnly value={value} className="font-mono" />}
            </Field>
            <CopyButton text={value} label={`Copy the ${label.toLowerCase()}`} shape="words" />
          </div>
        ))}
        <p>
          Both work until <Time at={expiresAt} show="full" />.
        </p>
      </div>
    </Notice>
  );
}
