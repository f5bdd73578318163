"use client";

import { type ReactNode, useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { classNames } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestKind } from "@/lib/privacy/schema";
import type { FormAct, Result } from "@/lib/result";
import { questionWords } from "./request-words";
import { StatementFields } from "./statement-fields";

type RequestQuestionProps = {
  kind: RequestKind;
  ask: FormAct<never>;
  /** A registered customer types their password once more; others confirm by a code behind this. */
  needsPassword: boolean;
  /** It was recognised in the chat. */
  fromChat: boolean;
};

/** The one question before a request is made. A page of its own address, so it works without JavaScript. */
export function RequestQuestion({ kind, ask, needsPassword, fromChat }: RequestQuestionProps) {
  const [result, send, pending] = useActionState<Result<never> | null, FormData>(ask, null);
  const refused = result && !result.ok && !pending ? result : null;
  const words = questionWords[kind];
  const wrongPassword = refused?.code === "password_wrong";
  const atField = Boolean(refused?.fields?.["after"]);
  return (
    <form
      id="ask"
      action={send}
      // React empties a form after its action; what was typed is worth more than that.
      onReset={(event) => event.preventDefault()}
      className={classNames(
        "flex scroll-mt-24 flex-col gap-4 rounded-lg border px-5 py-5 sm:px-6",
        words.grave ? "border-danger-line bg-danger-soft" : "border-accent-line bg-accent-soft",
      )}
    >
      <input type="hidden" name="kind" value={kind} />
      {fromChat ? <input type="hidden" name="from" value="chat" /> : null}
      <div>
        <h2 className={classNames("text-base", words.grave && "text-danger-ink")}>{words.title}</h2>
        <p className="mt-1 max-w-prose text-sm">{words.text}</p>
      </div>
      {kind === "rectification" ? <StatementFields problem={refused?.fields?.["after"]} /> : null}
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
      {words.grave ? (
        <Checkbox name="sure" value="yes" required label="Yes, erase everything about me" />
      ) : null}
      {refused && !wrongPassword && !atField ? (
        <Notice tone="danger">{refused.message}</Notice>
      ) : null}
      <Buttons grave={words.grave} submit={words.submit}>
        {words.keep}
      </Buttons>
    </form>
  );
}

type ButtonsProps = { grave: boolean; submit: string; children: ReactNode };

function Buttons({ grave, submit, children }: ButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <SubmitButton variant={grave ? "danger" : "primary"}>{submit}</SubmitButton>
      <ButtonLink href="/privacy">{children}</ButtonLink>
    </div>
  );
}
