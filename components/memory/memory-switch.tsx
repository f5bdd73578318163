"use client";

import { useActionState } from "react";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAct, Result } from "@/lib/result";

type MemorySwitchProps = { on: boolean; setMemory: FormAct };

/** Memory on or off: says where it stands, and what the button changes. Works without JavaScript. */
export function MemorySwitch({ on, setMemory }: MemorySwitchProps) {
  const [result, send] = useActionState<Result<void> | null, FormData>(setMemory, null);
  return (
    <form action={send} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <input type="hidden" name="on" value={on ? "no" : "yes"} />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">Memory is {on ? "on" : "off"}</p>
        <p className="mt-0.5 text-muted text-sm">
          {on
            ? "In a long conversation the assistant goes on knowing what you said earlier, and in the next one what you told about yourself."
            : "The assistant sees only the last few messages of the conversation you are in. What was remembered before is kept below, unread, until you forget it."}
        </p>
      </div>
      <SubmitButton variant="secondary">
        {on ? "Switch memory off" : "Switch memory on"}
      </SubmitButton>
      <div role="alert" className="basis-full empty:hidden">
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </div>
    </form>
  );
}
