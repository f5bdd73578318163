"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { ConversationView } from "@/lib/conversation/schema";
import type { ConversationParts } from "@/lib/privacy/schema";
import type { FormAct, Result } from "@/lib/result";
import { deletionLines } from "./deletion-words";
import { WhatGoes } from "./what-goes";

type DeletionQuestionProps = {
  conversation: ConversationView;
  parts: ConversationParts;
  remove: FormAct<never>;
};

/** Says what goes with one conversation and what stays, and then does it. Works without JavaScript. */
export function DeletionQuestion({ conversation, parts, remove }: DeletionQuestionProps) {
  const [result, send, pending] = useActionState<Result<never> | null, FormData>(remove, null);
  const refused = result && !result.ok && !pending ? result : null;
  return (
    <form
      action={send}
      className="flex flex-col gap-4 rounded-lg border border-danger-line bg-danger-soft px-5 py-5 sm:px-6"
    >
      <input type="hidden" name="conversationId" value={conversation.id} />
      <div>
        <h2 className="text-base text-danger-ink">Delete this conversation for good?</h2>
        <p dir="auto" className="mt-1 font-medium text-sm">
          {conversation.title ?? "Conversation"}
        </p>
        <p className="text-sm">
          Last message <Time at={conversation.lastMessageAt} />
        </p>
      </div>
      <div className="flex flex-col gap-2">
        <h3 className="text-sm">What goes, for you and for us</h3>
        <WhatGoes lines={deletionLines(parts)} />
      </div>
      <p className="max-w-prose text-sm">
        This cannot be undone. If you are waiting for a person in it, you wait no more. What stays:
        your other conversations, your orders, and a line in our log that a conversation was
        deleted, without your name or a word of it. Backups keep an encrypted copy until they are
        replaced; where one is restored, this conversation is taken out of it again.
      </p>
      {refused ? <Notice tone="danger">{refused.message}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        <SubmitButton variant="danger">Delete the conversation</SubmitButton>
        <ButtonLink href="/chat/earlier">Keep it</ButtonLink>
      </div>
    </form>
  );
}
