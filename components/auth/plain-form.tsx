"use client";

import { useActionState } from "react";
import { FieldError } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type PlainFormProps<Data> = { action: FormAct<Data>; submit: string; done?: string };

/** One button that does one thing. Works without JavaScript. */
export function PlainForm<Data>({ action, submit, done }: PlainFormProps<Data>) {
  const [result, send] = useActionState<Result<Data> | null, FormData>(action, null);
  return (
    <form action={send} className="flex flex-col items-start gap-3">
      {result?.ok && done ? <Notice tone="success">{done}</Notice> : null}
      {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      <SubmitButton variant="secondary">{submit}</SubmitButton>
    </form>
  );
}
