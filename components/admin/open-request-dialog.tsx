"use client";

import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { RequestReason, requestReasons } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";

/** Opens a request for somebody who asked by mail or phone. */
export function OpenRequestDialog({ open }: { open: FormAct<never> }) {
  return (
    <Dialog
      trigger={<Button variant="primary">Open a request</Button>}
      title="Open a request"
      description="For somebody who asked by mail or phone. Make sure first that it is them."
    >
      <OpenRequestForm open={open} />
    </Dialog>
  );
}

// The others are given by the product itself.
const reasons = RequestReason.options.filter(
  (reason) => reason !== "asked_online" && reason !== "retention_ended",
);

function OpenRequestForm({ open }: { open: FormAct<never> }) {
  const [result, submit] = useActionState(open, null);
  // Kept here, because a form that was answered is emptied.
  const [person, setPerson] = useState("");
  const [kind, setKind] = useState("export");
  const [reason, setReason] = useState<string>("asked_by_mail");
  const refused = result && !result.ok ? result : null;
  return (
    <form action={submit} className="flex flex-col gap-5">
      <Field
        label="Who"
        hint="Their exact e-mail, an order number of theirs, or the customer id."
        error={refused ? (refused.fields?.["person"] ?? refused.message) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            name="person"
            required
            autoComplete="off"
            spellCheck={false}
            value={person}
            onChange={({ target }) => setPerson(target.value)}
          />
        )}
      </Field>
      <RadioGroup legend="What they ask for">
        <Radio
          name="kind"
          value="export"
          label="A copy of their data"
          hint="A ZIP file with everything that is theirs."
          checked={kind === "export"}
          onChange={() => setKind("export")}
        />
        <Radio
          name="kind"
          value="erasure"
          label="Erasure"
          hint="You see what would be removed before anything happens."
          checked={kind === "erasure"}
          onChange={() => setKind("erasure")}
        />
      </RadioGroup>
      <Field label="How they asked, or why">
        {(control) => (
          <Select
            {...control}
            name="reason"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            options={reasons.map((value) => ({ value, label: requestReasons[value] }))}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <SubmitButton>Open the request</SubmitButton>
      </div>
    </form>
  );
}
