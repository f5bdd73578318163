"use client";

import { useActionState } from "react";
import type { ButtonSize } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { FormAct, Result } from "@/lib/result";

type OneButtonProps<Data> = {
  action: FormAct<Data>;
  fields?: Record<string, string>;
  label: string;
  /** Read after the label, where the label alone does not say what it is about. */
  about?: string;
  size?: ButtonSize;
};

/** One button that does one thing, and says why when it did not. Works without JavaScript. */
export function OneButton<Data>({ action, fields = {}, label, about, size }: OneButtonProps<Data>) {
  const [result, send] = useActionState<Result<Data> | null, FormData>(action, null);
  return (
    <form action={send} className="flex flex-col items-start gap-1.5">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant="secondary" size={size ?? "md"}>
        {label}
        {about ? <VisuallyHidden> {about}</VisuallyHidden> : null}
      </SubmitButton>
      <div role="alert" className="empty:hidden">
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </div>
    </form>
  );
}
