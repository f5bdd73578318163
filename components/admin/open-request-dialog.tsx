"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { StatementFields } from "@/components/privacy/statement-fields";
import { Button } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  type PersonFound,
  type RequestKind,
  RequestReason,
  requestReasons,
} from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { FoundPeople } from "./found-people";

type Acts = { open: FormAct<{ found: PersonFound[] }>; nothingHeld: FormAct<never> };

/** Opens a request for somebody who asked by mail or phone. */
export function OpenRequestDialog(acts: Acts) {
  return (
    <Dialog
      trigger={<Button variant="primary">Open a request</Button>}
      title="Open a request"
      description="For somebody who asked by mail or phone. Make sure first that it is them."
    >
      <OpenRequestForm {...acts} />
    </Dialog>
  );
}

// The others are given by the product itself.
const byProduct: readonly RequestReason[] = ["asked_online", "asked_in_chat", "retention_ended"];
const reasons = RequestReason.options.filter((reason) => !byProduct.includes(reason));

const kinds: readonly { value: RequestKind; label: string; hint: string }[] = [
  {
    value: "export",
    label: "A copy of their data",
    hint: "A ZIP file with everything that is theirs.",
  },
  { value: "rectification", label: "A correction", hint: "Something about them is wrong here." },
  { value: "restriction", label: "A restriction", hint: "Kept, and not used." },
  { value: "objection", label: "An objection", hint: "Answered, and not remembered." },
  {
    value: "erasure",
    label: "Erasure",
    hint: "You see what would be removed before anything happens. Another admin approves it.",
  },
];

/** Today, as a date field wants it. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function OpenRequestForm({ open, nothingHeld }: Acts) {
  const [result, submit] = useActionState(open, null);
  const [nothing, record] = useActionState(nothingHeld, null);
  // Kept here, because a form that was answered is emptied.
  const [given, setGiven] = useState({
    person: "",
    kind: "export" as string,
    reason: "asked_by_mail" as string,
    receivedOn: today(),
  });
  const change = (name: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [name]: event.target.value });
  const refused = result && !result.ok ? result : null;
  const fields = refused?.fields ?? {};
  const found = result?.ok ? result.data.found : null;
  const elsewhere = refused && Object.keys(fields).length === 0 ? refused.message : undefined;
  return (
    <form
      action={submit}
      onReset={(event) => event.preventDefault()}
      className="flex flex-col gap-5"
    >
      <Field
        label="Who"
        hint="Their exact e-mail, phone number, an order number of theirs, their exact name, or the customer id."
        error={fields["person"] ?? elsewhere}
      >
        {(control) => (
          <Input
            {...control}
            name="person"
            required
            autoComplete="off"
            spellCheck={false}
            value={given.person}
            onChange={change("person")}
          />
        )}
      </Field>
      <RadioGroup legend="What they ask for">
        {kinds.map(({ value, ...words }) => (
          <Radio
            key={value}
            name="kind"
            value={value}
            {...words}
            checked={given.kind === value}
            onChange={change("kind")}
          />
        ))}
      </RadioGroup>
      {given.kind === "rectification" ? <StatementFields problem={fields["after"]} /> : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="How they asked, or why">
          {(control) => (
            <Select
              {...control}
              name="reason"
              value={given.reason}
              onChange={change("reason")}
              options={reasons.map((value) => ({ value, label: requestReasons[value] }))}
            />
          )}
        </Field>
        <Field label="Received on" hint="The month counts from here." error={fields["receivedOn"]}>
          {(control) => (
            <Input
              {...control}
              type="date"
              name="receivedOn"
              required
              max={today()}
              value={given.receivedOn}
              onChange={change("receivedOn")}
            />
          )}
        </Field>
      </div>
      {found ? <Found found={found} record={record} /> : null}
      {nothing && !nothing.ok ? <FieldError>{nothing.message}</FieldError> : null}
      <div className="flex justify-end">
        <SubmitButton>Open the request</SubmitButton>
      </div>
    </form>
  );
}

type FoundProps = { found: readonly PersonFound[]; record: (form: FormData) => void };

/** Those to choose from; or nobody, which is an answer too. Comes into view, since it stands below a long form. */
function Found({ found, record }: FoundProps) {
  const box = useRef<HTMLDivElement>(null);
  // Newer browsers answer a promise, which React would take for what cleans up.
  useEffect(() => {
    box.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <div ref={box}>
      {found.length > 0 ? (
        <FoundPeople found={found} />
      ) : (
        <Notice
          tone="info"
          title="Nobody is known by that"
          action={
            <Button type="submit" size="sm" formAction={record} formNoValidate>
              Record that we hold nothing
            </Button>
          }
        >
          Try their other address, a number or their exact name. If nobody is found by any of it,
          that is the answer: you get a letter, and nothing of them is kept.
        </Notice>
      )}
    </div>
  );
}
