"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

export type Question = {
  name: string;
  label: string;
  hint?: string;
  type?: "text" | "email" | "password";
  autoComplete: string;
  minLength?: number;
  maxLength?: number;
};

type AuthFormProps<Data> = {
  action: FormAct<Data>;
  questions: readonly Question[];
  /** Sent along with what is typed. */
  fields?: Record<string, string | undefined>;
  submit: string;
  /** Said when it went well and the page stays. */
  done?: string;
  children?: ReactNode;
};

/** A short form of who one is. What was typed stays after a refusal. Works without JavaScript. */
export function AuthForm<Data>(props: AuthFormProps<Data>) {
  const { action, questions, fields = {}, submit, done, children } = props;
  const [result, send, pending] = useActionState<Result<Data> | null, FormData>(action, null);
  const form = useRef<HTMLFormElement>(null);
  const problems = result && !result.ok ? (result.fields ?? {}) : {};
  useEffect(() => {
    const inputs = [...(form.current?.querySelectorAll<HTMLInputElement>("input") ?? [])];
    const secrets = inputs.filter(({ type }) => type === "password");
    if (result?.ok) {
      for (const secret of secrets) {
        secret.value = "";
      }
    } else if (result) {
      (inputs.find((input) => input.ariaInvalid === "true") ?? secrets[0])?.focus();
    }
  }, [result]);
  return (
    <form
      ref={form}
      action={send}
      // React empties a form after its action; what was typed is worth more than that.
      onReset={keepTyped}
      className="flex flex-col gap-4"
    >
      <Outcome result={result} done={done} hidden={pending} problems={problems} />
      {Object.entries(fields).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {questions.map(({ name, label, hint, type = "text", ...rest }) => (
        <Field key={name} label={label} hint={hint} error={problems[name]}>
          {(control) => (
            <Input
              {...control}
              {...rest}
              name={name}
              type={type}
              required
              {...(type === "email" ? { spellCheck: false, autoCapitalize: "none" } : {})}
            />
          )}
        </Field>
      ))}
      {children}
      <SubmitButton size="lg" className="mt-1 w-full">
        {submit}
      </SubmitButton>
    </form>
  );
}

function keepTyped(event: { preventDefault: () => void }): void {
  event.preventDefault();
}

type OutcomeProps = {
  result: Result<unknown> | null;
  done: string | undefined;
  hidden: boolean;
  problems: Record<string, string>;
};

// A refusal of one field stands at the field; what concerns the whole form stands above it.
function Outcome({ result, done, hidden, problems }: OutcomeProps) {
  if (!result || hidden) {
    return null;
  }
  if (result.ok) {
    return done ? <Notice tone="success">{done}</Notice> : null;
  }
  return Object.keys(problems).length > 0 ? null : <Notice tone="danger">{result.message}</Notice>;
}
