"use client";

import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useActionState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { classNames } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentPurposes, ConsentText } from "@/lib/customer/schema";
import type { FormAct, Result } from "@/lib/result";

type ConsentFormProps<Data> = {
  text: ConsentText;
  /** What the person chose the last time, where they agreed to words that have changed since. */
  chosen: ConsentPurposes | null;
  agree: FormAct<Data>;
  /** The conversation to go on with afterwards. */
  conversationId?: string | null;
  /** `h1` on a page of its own. */
  heading?: "h1" | "h3";
};

/** What a person reads before their first message: that an AI answers, and what is kept. */
export function ConsentForm<Data>({
  text,
  chosen,
  agree,
  conversationId,
  heading: Heading = "h1",
}: ConsentFormProps<Data>) {
  const [result, action] = useActionState<Result<Data> | null, FormData>(agree, null);
  return (
    <form
      action={action}
      className={classNames(
        "mx-auto w-full max-w-xl px-4",
        Heading === "h1" ? "py-10 sm:py-14" : "py-6",
      )}
    >
      <ShieldCheck aria-hidden className="size-8 text-accent-ink" />
      <Heading className="mt-4 font-semibold text-xl">{text.title}</Heading>
      <input type="hidden" name="version" value={text.version} />
      {conversationId ? <input type="hidden" name="conversationId" value={conversationId} /> : null}
      {chosen ? (
        <p className="mt-2 text-muted text-sm">These words have changed since you last agreed.</p>
      ) : null}
      <ul className="mt-5 flex flex-col gap-3">
        {text.points.map((point) => (
          <li key={point} className="flex gap-3">
            <span aria-hidden className="mt-2.5 size-1.5 shrink-0 rounded-full bg-accent" />
            <span>{point}</span>
          </li>
        ))}
      </ul>
      <div className="mt-7 flex flex-col gap-4 rounded-lg border border-line bg-surface px-5 py-4">
        <Checkbox
          name="memory"
          defaultChecked={chosen?.memory ?? true}
          label="Remember what I say, so that I need not repeat it"
          hint="You can look at it, forget it, or switch it off at any time."
        />
        <Checkbox
          name="analytics"
          defaultChecked={chosen?.analytics ?? false}
          label="Show support figures about me"
          hint="How many conversations and messages I have, and when the last was. Nothing else is analysed about a person."
        />
      </div>
      <Responsible text={text} />
      {result && !result.ok ? (
        <Notice tone="danger" className="mt-4">
          {result.message}
        </Notice>
      ) : null}
      <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-3">
        <SubmitButton size="lg">Agree and chat</SubmitButton>
        <Link href="/privacy" className="text-muted text-sm underline underline-offset-4">
          Your privacy
        </Link>
      </div>
    </form>
  );
}

/** Who answers for what is kept, as an admin has written it. */
export function Responsible({ text }: { text: Pick<ConsentText, "controller" | "contact"> }) {
  return text.controller || text.contact ? (
    <p className="mt-4 text-muted text-sm">
      Responsible for your data: {[text.controller, text.contact].filter(Boolean).join(", ")}
    </p>
  ) : null;
}
