"use client";

import { KeyRound } from "lucide-react";
import { useActionState } from "react";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type ProviderButtonProps<Data> = {
  action: FormAct<Data>;
  name: string;
  next: string | undefined;
};

/** Signing in with the company's own provider. */
export function ProviderButton<Data>({ action, name, next }: ProviderButtonProps<Data>) {
  const [result, send] = useActionState<Result<Data> | null, FormData>(action, null);
  return (
    <form action={send} className="mt-4 flex flex-col gap-2 border-line border-t pt-4">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <SubmitButton variant="secondary" size="lg" className="w-full">
        <KeyRound aria-hidden />
        Continue with {name}
      </SubmitButton>
      {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
    </form>
  );
}
