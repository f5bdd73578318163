"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";
import type { ForgetCount } from "./shown";

type CorrectFormProps = {
  correct: FormAct<ForgetCount>;
  factId: string;
  /** What is asked for: "Shoe size". */
  name: string;
  value: string;
};

/** One field in which a customer puts right what is known of them. Works without JavaScript. */
export function CorrectForm({ correct, factId, name, value }: CorrectFormProps) {
  const [result, send] = useActionState<Result<ForgetCount> | null, FormData>(correct, null);
  return (
    <form action={send} className="mt-2 flex flex-wrap items-end gap-2">
      <input type="hidden" name="factId" value={factId} />
      <Field
        label={name}
        error={result && !result.ok ? result.message : undefined}
        className="min-w-0 grow basis-48"
      >
        {(control) => (
          <Input
            {...control}
            name="text"
            dir="auto"
            defaultValue={value}
            maxLength={160}
            required
          />
        )}
      </Field>
      <SubmitButton variant="secondary">Save</SubmitButton>
      <p className="basis-full text-muted text-xs">
        Messages that say otherwise are forgotten; you can still read them.
      </p>
    </form>
  );
}
