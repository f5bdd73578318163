"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type ErasureQuestionProps = {
  askForErasure: FormAct<never>;
  /** A registered customer types their password once more. */
  needsPassword: boolean;
};

/** The second time of asking. A page of its own address, so it works without JavaScript. */
export function ErasureQuestion({ askForErasure, needsPassword }: ErasureQuestionProps) {
  const [result, send, pending] = useActionState<Result<never> | null, FormData>(
    askForErasure,
    null,
  );
  const refused = result && !result.ok && !pending ? result : null;
  const wrongPassword = refused?.code === "password_wrong";
  return (
    <form
      id="erasure"
      action={send}
      className="flex flex-col gap-4 rounded-lg border border-danger-line bg-danger-soft px-5 py-5 sm:px-6"
    >
      <div>
        <h2 className="text-base text-danger-ink">Erase everything about you?</h2>
        <p className="mt-1 max-w-prose text-sm">
          Your conversations, what is remembered and your account go, and the key that they were
          encrypted with is destroyed, so that no copy can be read any more. Orders that the law has
          the shop keep stay without your name and address. Once it has begun it cannot be undone.
          Until then you can withdraw it here.
        </p>
      </div>
      {needsPassword ? (
        <Field
          label="Your password"
          hint="So that nobody else can do this on your device."
          error={wrongPassword ? refused.message : undefined}
          className="max-w-sm"
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              name="password"
              autoComplete="current-password"
              required
            />
          )}
        </Field>
      ) : null}
      <Checkbox name="sure" value="yes" required label="Yes, erase everything about me" />
      {refused && !wrongPassword ? <Notice tone="danger">{refused.message}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        <SubmitButton variant="danger">Ask for erasure</SubmitButton>
        <ButtonLink href="/privacy">Keep my data</ButtonLink>
      </div>
    </form>
  );
}
