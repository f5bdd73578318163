"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";
import { OneButton } from "./one-button";

/** Where a request's code is: in the person's mail, here on their page, or over. */
export type CodeAt = { at: "mail" } | { at: "page"; code: string } | { at: "over" };

type CodeFormProps = {
  requestId: string;
  what: string;
  code: CodeAt;
  confirm: FormAct<never>;
  renew: FormAct;
};

/** Six digits show that it is the person who asks, and that they mean it. Works without JavaScript. */
export function CodeForm({ requestId, what, code, confirm, renew }: CodeFormProps) {
  const [result, send, pending] = useActionState<Result<never> | null, FormData>(confirm, null);
  const problem = result && !result.ok && !pending ? result.message : undefined;
  return (
    <div className="mt-3 flex w-full flex-col gap-3 rounded-md border border-warning-line bg-warning-soft px-4 py-3">
      <p className="text-sm">
        {code.at === "mail" ? "Nothing happens yet. We have sent a code to your e-mail." : null}
        {code.at === "page" ? (
          <>
            Nothing happens yet. To confirm it, type this code:{" "}
            <strong className="font-mono tracking-wide">{code.code}</strong>
          </>
        ) : null}
        {code.at === "over" ? "Its code is over. Ask for a new one." : null}
      </p>
      {code.at === "over" ? null : (
        <form action={send} className="flex flex-wrap items-start gap-2">
          <input type="hidden" name="requestId" value={requestId} />
          <Field label={`Code for: ${what}`} error={problem} className="max-w-64">
            {(control) => (
              <Input
                {...control}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={10}
                required
              />
            )}
          </Field>
          <SubmitButton className="mt-6.5">Confirm</SubmitButton>
        </form>
      )}
      <OneButton
        action={renew}
        fields={{ requestId }}
        label="Get a new code"
        about={what}
        size="sm"
      />
    </div>
  );
}
