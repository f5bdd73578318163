"use client";

import { type ReactNode, useActionState } from "react";
import { FieldError } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import type { FormAct, Result } from "@/lib/result";

type ActionFormProps<Data> = {
  action: FormAct<Data>;
  /** What the form sends besides what is typed into it. */
  fields?: Record<string, string>;
  /** Said in passing when it went well. */
  done?: string;
  onDone?: ((data: Data) => void) | undefined;
  className?: string;
  /** Draws the controls; is given what was wrong with each field the last time. */
  children: ReactNode | ((state: FormState<Data>) => ReactNode);
};

export type FormState<Data> = {
  pending: boolean;
  result: Result<Data> | null;
  /** What is wrong with a field. */
  problem: (field: string) => string | undefined;
};

/** A form around a server action: its refusal stands under its controls, its success is said in passing. */
export function ActionForm<Data>(props: ActionFormProps<Data>) {
  const toast = useToast();
  const { action, done, onDone } = props;
  // Said here and not in an effect, because what went well often takes its form off the page.
  const run: FormAct<Data> = async (previous, form) => {
    const result = await action(previous, form);
    if (result.ok) {
      onDone?.(result.data);
      if (done) {
        toast({ title: done, tone: "success" });
      }
    }
    return result;
  };
  const [result, submit, pending] = useActionState<Result<Data> | null, FormData>(run, null);
  const fields = result && !result.ok ? result.fields : undefined;
  const state: FormState<Data> = { pending, result, problem: (field) => fields?.[field] };
  return (
    <form action={submit} className={props.className}>
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {typeof props.children === "function" ? props.children(state) : props.children}
      <div role="alert" className="empty:hidden">
        {result && !result.ok && !pending ? <FieldError>{result.message}</FieldError> : null}
      </div>
    </form>
  );
}
