"use client";

import Link from "next/link";
import { clearingLines } from "@/components/privacy/deletion-words";
import { WhatGoes } from "@/components/privacy/what-goes";
import { ActionForm } from "@/components/staff/action-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConversationParts } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";

/** The conversation that is asked about: null where there is none of that id. */
export type Asked = { conversationId: string; parts: ConversationParts | null };

type ClearMemoryProps = { asked: Asked | null; clear: FormAct<{ messages: number }> };

/** Clears what the AI remembers of one conversation: which one first, then what goes and the button. */
export function ClearMemory({ asked, clear }: ClearMemoryProps) {
  return (
    <section id="clear" aria-labelledby="clear-title" className="flex scroll-mt-8 flex-col gap-4">
      <div>
        <h2 id="clear-title" className="text-base">
          Clear the memory of a conversation
        </h2>
        <p className="max-w-prose text-muted text-sm">
          The AI begins anew in that conversation. The transcript stays. We say what goes before it
          does, and it is written into the audit log.
        </p>
      </div>
      <form action="/admin/memory#clear" className="flex flex-wrap items-end gap-3">
        <Field label="Conversation to clear, by its id" className="min-w-72 flex-1">
          {(control) => (
            <Input
              {...control}
              name="clear"
              required
              autoComplete="off"
              defaultValue={asked?.conversationId ?? ""}
            />
          )}
        </Field>
        <Button type="submit">Show what goes …</Button>
      </form>
      {asked && !asked.parts ? (
        <Notice tone="warning">There is no conversation of that id.</Notice>
      ) : null}
      {asked?.parts ? <Question {...asked} parts={asked.parts} clear={clear} /> : null}
    </section>
  );
}

type QuestionProps = { conversationId: string; parts: ConversationParts } & Pick<
  ClearMemoryProps,
  "clear"
>;

function Question({ conversationId, parts, clear }: QuestionProps) {
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-danger-line bg-danger-soft px-5 py-4">
      <h3 className="text-danger-ink text-sm">
        What goes of{" "}
        <Link href={`/desk/${conversationId}`} className="underline underline-offset-4">
          this conversation
        </Link>
      </h3>
      <WhatGoes lines={clearingLines(parts)} />
      <ActionForm action={clear} fields={{ conversationId }} done="Memory cleared">
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="danger">Clear its memory</SubmitButton>
          <ButtonLink href="/admin/memory#clear">Keep it</ButtonLink>
        </div>
      </ActionForm>
    </div>
  );
}
