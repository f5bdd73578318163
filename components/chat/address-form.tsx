"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Result } from "@/lib/result";

export type Contact = {
  /** The address of their account, for those who have one. */
  known: string | null;
  /** A mail server is there to announce an answer. */
  mails: boolean;
};

export type LeaveAddress = (email: string) => Promise<Result<unknown>>;

type AddressFormProps = {
  /** Nobody is there; else somebody is, and has not come. */
  nobody: boolean;
  contact: Contact;
  leave: LeaveAddress;
};

const OUT_OF_REACH = "This did not reach us. Check your connection, then try again.";

/** Says that nobody comes just now, and asks where an answer may be announced. */
export function AddressForm({ nobody, contact, leave }: AddressFormProps) {
  const [email, setEmail] = useState(contact.known ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const result = await leave(email).catch(() => null);
    setPending(false);
    setProblem(result?.ok ? null : problemOf(result));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <div>
        <p role="status" className="font-medium text-sm">
          {nobody ? "Nobody is here right now" : "This takes longer than it should"}
        </p>
        <p className="mt-0.5 text-muted text-sm">
          Your place in line is kept, and the answer will stand here.{" "}
          {contact.mails
            ? "Leave your e-mail and we send you a link to it, without a word of what was said."
            : "Leave your e-mail, so that our support team can reach you."}
        </p>
      </div>
      <Field label="E-mail" error={problem}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="email"
            inputMode="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" pending={pending}>
          {contact.mails ? "Tell me by e-mail" : "Leave this address"}
        </Button>
      </div>
    </form>
  );
}

function problemOf(result: Result<unknown> | null): string {
  if (!result || result.ok) {
    return OUT_OF_REACH;
  }
  return result.fields?.["email"] ?? result.message;
}
