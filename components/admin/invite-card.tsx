"use client";

import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { NewInvite } from "@/lib/auth/schema";
import type { FormAct } from "@/lib/result";
import { roleHints, roleNames } from "./role-names";
import { useOrigin } from "./use-origin";

/** Makes a one-time link for a new colleague and shows it once: afterwards only its hash is known. */
export function InviteCard({ invite }: { invite: FormAct<NewInvite> }) {
  const [result, submit, pending] = useActionState(invite, null);
  return (
    <Card
      title="Invite somebody"
      description="You get a link that works once, within seven days. Send it yourself; nothing is e-mailed."
    >
      <form action={submit} className="flex flex-col gap-5">
        <RadioGroup legend="They will be">
          <Radio
            name="role"
            value="lead"
            label={roleNames.lead}
            hint={roleHints.lead}
            defaultChecked
          />
          <Radio name="role" value="admin" label={roleNames.admin} hint={roleHints.admin} />
        </RadioGroup>
        <div>
          <SubmitButton>Make a link</SubmitButton>
        </div>
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </form>
      {result?.ok && !pending ? <MadeLink key={result.data.token} invite={result.data} /> : null}
    </Card>
  );
}

function MadeLink({ invite }: { invite: NewInvite }) {
  const link = `${useOrigin()}/invite/${invite.token}`;
  return (
    <Notice tone="success" title="Copy this link now. It is shown only once." className="mt-5">
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Field
          label={`Link for a new ${roleNames[invite.role].toLowerCase()}`}
          className="min-w-0 grow"
        >
          {(control) => (
            <Input
              {...control}
              readOnly
              value={link}
              className="font-mono"
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <CopyButton text={link} label="Copy link" shape="words" size="md" />
      </div>
      <p className="mt-2">
        It can be used until <Time at={invite.expiresAt} show="full" />.
      </p>
    </Notice>
  );
}
