"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

/** The second time of asking before everything is forgotten. A page of its own address, so it works without JavaScript. */
export function ForgetAll({ forget }: { forget: FormAct<never> }) {
  const [result, send] = useActionState<Result<never> | null, FormData>(forget, null);
  return (
    <form
      action={send}
      className="rounded-lg border border-danger-line bg-danger-soft px-5 py-5 sm:px-6"
    >
      <h2 className="text-base text-danger-ink">Forget everything?</h2>
      <p className="mt-1 max-w-prose text-sm">
        Every message so far leaves what the assistant knows, in all your conversations: names,
        orders, summaries. This cannot be undone. You can still read the conversations; to have them
        erased as well, ask for it on the privacy page.
      </p>
      <input type="hidden" name="sure" value="yes" />
      {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      <div className="mt-4 flex flex-wrap gap-2">
        <SubmitButton variant="danger">Forget everything</SubmitButton>
        <ButtonLink href="/memory">Keep it</ButtonLink>
      </div>
    </form>
  );
}
