"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ConversationView, CustomerWhy } from "@/lib/conversation/schema";
import { AddressForm, type Contact, type LeaveAddress } from "./address-form";

type WaitingCardProps = {
  conversation: ConversationView;
  contact: Contact;
  sayWhy: (why: CustomerWhy) => void;
  leaveAddress: LeaveAddress;
  removeAddress: () => void;
};

/** While a person is owed: an optional word about why, and where to reach the customer when nobody comes. */
export function WaitingCard(props: WaitingCardProps) {
  const { status, people } = props.conversation;
  const { queue, address } = people;
  const alone = queue !== null && (queue.present === 0 || queue.late);
  const asks = status === "waiting" && queue?.withdrawable === true;
  if (!(alone || asks || address)) {
    return null;
  }
  return (
    <section
      aria-label="While you wait"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface px-4 py-4 shadow-card"
    >
      {address ? (
        <Left address={address} mails={props.contact.mails} remove={props.removeAddress} />
      ) : null}
      {alone && !address ? (
        <AddressForm
          nobody={queue.present === 0}
          contact={props.contact}
          leave={props.leaveAddress}
        />
      ) : null}
      {asks ? <Why say={props.sayWhy} /> : null}
    </section>
  );
}

type LeftProps = { address: string; mails: boolean; remove: () => void };

function Left({ address, mails, remove }: LeftProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p role="status" className="min-w-0 grow basis-64 text-sm">
        {mails
          ? "When a person has answered and you are not here, we send a link to "
          : "Our support team sees that it can reach you at "}
        <strong className="break-words font-medium">{address}</strong>.
      </p>
      <Button size="sm" onClick={remove}>
        Remove the address
      </Button>
    </div>
  );
}

const reasons: Record<CustomerWhy, string> = {
  no_help: "The answers did not help",
  order_trouble: "Something is wrong with an order",
  complaint: "I have a complaint",
  prefer_person: "I would rather talk to a person",
};

function Why({ say }: { say: (why: CustomerWhy) => void }) {
  const [said, setSaid] = useState<CustomerWhy | null>(null);
  const choose = (why: CustomerWhy) => {
    setSaid(why);
    say(why);
  };
  return (
    <fieldset>
      <legend className="mb-2 text-sm">
        What is it about? <span className="text-muted">(optional)</span>
      </legend>
      <div className="flex flex-wrap gap-2">
        {(Object.keys(reasons) as CustomerWhy[]).map((why) => (
          <Button
            key={why}
            size="sm"
            aria-pressed={said === why}
            onClick={() => choose(why)}
            className="aria-pressed:border-accent-line aria-pressed:bg-accent-soft forced-colors:aria-pressed:outline"
          >
            {reasons[why]}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
