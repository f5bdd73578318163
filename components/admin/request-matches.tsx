"use client";

import { ActionForm } from "@/components/staff/action-form";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { PersonFound } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { PersonLine } from "./found-people";

type RequestMatchesProps = {
  requestId: string;
  alike: readonly PersonFound[];
  decide: FormAct;
};

/** Records that may be the same person's: each is joined, and asked for the same, or left out. */
export function RequestMatches({ requestId, alike, decide }: RequestMatchesProps) {
  return (
    <Card
      title="Could be the same person"
      description="They share an address, number or name. Join only what you have made sure of: another person’s data must not be in the answer."
    >
      <ul className="flex flex-col gap-4">
        {alike.map((person) => (
          <li
            key={person.customerId}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm"
          >
            <span className="min-w-0">
              <PersonLine person={person} />
            </span>
            <span className="flex flex-wrap gap-2">
              <ActionForm
                action={decide}
                fields={{ requestId, customerId: person.customerId, joined: "yes" }}
              >
                <SubmitButton size="sm">
                  Join<VisuallyHidden> {person.pseudonym}</VisuallyHidden>
                </SubmitButton>
              </ActionForm>
              <ActionForm
                action={decide}
                fields={{ requestId, customerId: person.customerId, joined: "no" }}
              >
                <SubmitButton size="sm" variant="secondary">
                  Somebody else<VisuallyHidden> is {person.pseudonym}</VisuallyHidden>
                </SubmitButton>
              </ActionForm>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
