"use client";

import { useActionState } from "react";
import type { ButtonVariant } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { FormAct, Result } from "@/lib/result";
import type { ForgetCount } from "./shown";

type ForgetFormProps = {
  forget: FormAct<ForgetCount>;
  fields: Record<string, string>;
  label: string;
  /** What the button is about, read after its label. */
  about: string;
  variant?: ButtonVariant;
};

/** One button that forgets one thing. What is forgotten leaves the page with the answer. Works without JavaScript. */
export function ForgetForm({ forget, fields, label, about, variant }: ForgetFormProps) {
  const [result, send] = useActionState<Result<ForgetCount> | null, FormData>(forget, null);
  return (
    <form action={send} className="flex flex-col items-end gap-1.5">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton size="sm" variant={variant ?? "secondary"}>
        {label}
        <VisuallyHidden> {about}</VisuallyHidden>
      </SubmitButton>
      <div role="alert" className="empty:hidden">
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </div>
    </form>
  );
}
