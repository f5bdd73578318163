"use client";

import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import type { MessageView } from "@/lib/conversation/schema";
import { type RequestKind, requestSaidIn } from "@/lib/privacy/schema";

const questions: Record<RequestKind, string> = {
  erasure: "Shall everything about you be erased?",
  export: "Would you like a copy of your data?",
  rectification: "Shall something about you be corrected?",
  restriction: "Shall your data be kept, and not used?",
  objection: "Do you object to being remembered?",
};

/**
 * The newest message asks for something about the person's own data: one confirmation leads to the request, which the
 * words alone decide and no model. Nothing is done here.
 */
export function RequestSaid({ messages }: { messages: readonly MessageView[] }) {
  const [left, setLeft] = useState<string | null>(null);
  const said = messages.findLast(({ role }) => role === "customer");
  const kind = said && said.id !== left ? requestSaidIn(said.text) : null;
  if (!(said && kind)) {
    return null;
  }
  return (
    <section
      aria-label="Your data"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-lg border border-accent-line bg-accent-soft px-4 py-3"
    >
      <p role="status" className="min-w-0 grow basis-56 text-sm">
        <strong className="font-medium">{questions[kind]}</strong> Nothing has been done. You ask
        for it on the privacy page, and follow it there.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink size="sm" variant="primary" href={`/privacy?ask=${kind}&from=chat#ask`}>
          Yes, go on
        </ButtonLink>
        <Button size="sm" onClick={() => setLeft(said.id)}>
          Not now
        </Button>
      </div>
    </section>
  );
}
