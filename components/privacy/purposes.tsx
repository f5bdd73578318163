"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type PurposesProps = { memory: boolean; choose: FormAct };

/** What the person agreed to beyond being answered. Works without JavaScript. */
export function Purposes({ memory, choose }: PurposesProps) {
  const [result, send, pending] = useActionState<Result<void> | null, FormData>(choose, null);
  return (
    <form
      // Drawn anew with what is stored: React empties a form after its action.
      key={String(memory)}
      action={send}
      className="flex flex-col gap-4"
    >
      <Checkbox
        name="memory"
        defaultChecked={memory}
        label="Remember what I say, so that I need not repeat it"
        hint="Without it the assistant sees only the last few messages of a conversation."
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
