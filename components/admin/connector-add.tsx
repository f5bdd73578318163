"use client";

import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct } from "@/lib/result";
import { type ConnectorKind, connectorKindLabels } from "@/lib/shop/schema";

type ConnectorAddProps = { kinds: readonly ConnectorKind[]; add: FormAct<void> };

/** Connects one more system and asks it what it offers. */
export function ConnectorAdd({ kinds, add }: ConnectorAddProps) {
  const [result, submit] = useActionState(add, null);
  return (
    <Card
      title="Connect a system"
      description="It is asked at once what it offers. The assistant uses nothing of it before you allow it."
    >
      <form action={submit} className="flex max-w-prose flex-col gap-5">
        <Field
          label="Name"
          hint="Small letters, digits and dashes, up to 20. Customers read it on the cards that they confirm."
        >
          {(control) => (
            <Input
              {...control}
              name="name"
              required
              maxLength={20}
              pattern="[a-z][a-z0-9\-]+"
              autoComplete="off"
              placeholder="warehouse"
            />
          )}
        </Field>
        <Field label="Kind">
          {(control) => (
            <Select
              {...control}
              name="kind"
              options={kinds.map((value) => ({ value, label: connectorKindLabels[value] }))}
            />
          )}
        </Field>
        <Field
          label="Address"
          hint={
            kinds.includes("mcp_command")
              ? "Such as https://warehouse.example/mcp, or the program with its arguments."
              : "Such as https://warehouse.example/mcp. It may lie in your own network."
          }
        >
          {(control) => (
            <Input {...control} name="address" required maxLength={500} autoComplete="off" />
          )}
        </Field>
        <Field
          label="Secret"
          optional
          hint="Sent as a bearer token. It is sealed and never shown again."
        >
          {(control) => (
            <Input {...control} type="password" name="secret" autoComplete="new-password" />
          )}
        </Field>
        <Field
          label="Argument that names the customer"
          optional
          hint="Such as customer_email. The server fills it with the signed-in customer's e-mail address; the model never sees or sets it."
        >
          {(control) => (
            <Input {...control} name="callerArgument" maxLength={60} autoComplete="off" />
          )}
        </Field>
        <div>
          <SubmitButton>Connect</SubmitButton>
        </div>
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
        {result?.ok ? (
          <Notice tone="success" title="Connected. See above what it answered." />
        ) : null}
      </form>
    </Card>
  );
}
