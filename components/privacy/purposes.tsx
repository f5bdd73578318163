"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type PurposesProps = {
  /** The words that stand on this page. */
  version: number;
  memory: boolean;
  analytics: boolean;
  choose: FormAct;
};

/** What the person agreed to beyond being answered. Works without JavaScript. */
export function Purposes({ version, memory, analytics, choose }: PurposesProps) {
  const [result, send, pending] = useActionState<Result<void> | null, FormData>(choose, null);
  return (
    <form
      // Drawn anew with what is stored: React empties a form after its action.
      key={`${memory} ${analytics}`}
      action={send}
      className="flex flex-col gap-4"
    >
      <input type="hidden" name="version" value={version} />
      <Checkbox
        name="memory"
        defaultChecked={memory}
        label="Remember what I say, so that I need not repeat it"
        hint="Without it the assistant sees only the last few messages of a conversation."
      />
      <Checkbox
        name="analytics"
        defaultChecked={analytics}
        label="Show support figures about me"
        hint="How many conversations and messages you have, and when the last was, beside your conversation. Nothing else is analysed about a person; counts for the whole shop are tied to nobody."
      />
      {result && !pending ? (
        <Notice tone={result.ok ? "success" : "danger"}>
          {result.ok
            ? "Your choice is stored and holds from your next message on."
            : result.message}
        </Notice>
      ) : null}
      <SubmitButton variant="secondary" className="self-start">
        Save my choice
      </SubmitButton>
    </form>
  );
}
