"use client";

import { ActionForm } from "@/components/staff/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { HoldReason } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { holdReasons } from "./retention-words";

/** Keeps a conversation, or everything of a customer, from being removed. */
export function HoldForm({ hold }: { hold: FormAct }) {
  return (
    <ActionForm action={hold} done="It is held" className="flex flex-col gap-3">
      {({ problem }) => (
        <div className="flex flex-wrap items-start gap-3">
          <Field label="What to hold">
            {(control) => (
              <Select
                {...control}
                name="of"
                options={[
                  { value: "customer", label: "Everything of a customer" },
                  { value: "conversation", label: "One conversation" },
                ]}
              />
            )}
          </Field>
          <Field
            label="Which"
            hint="A customer's exact e-mail, order number or id; or a conversation's id, the last part of its address at the desk."
            error={problem("subject")}
            className="min-w-72 flex-1"
          >
            {(control) => (
              <Input {...control} name="subject" required autoComplete="off" spellCheck={false} />
            )}
          </Field>
          <Field label="Why">
            {(control) => (
              <Select
                {...control}
                name="reason"
                options={HoldReason.options.map((value) => ({ value, label: holdReasons[value] }))}
              />
            )}
          </Field>
          <SubmitButton className="mt-6">Hold</SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
