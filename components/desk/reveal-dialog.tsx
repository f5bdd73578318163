"use client";

import { Eye } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { type MessageView, RevealReason, revealReasons } from "@/lib/conversation/schema";
import type { Act } from "@/lib/result";

export type Reveal = Act<
  { conversationId: string; reason: RevealReason },
  { messages: MessageView[] }
>;

type RevealDialogProps = {
  conversationId: string;
  reveal: Reveal;
  onRevealed: (messages: MessageView[]) => void;
};

/** Puts the customer's values back into the transcript for a reason, which is written into the audit log. */
export function RevealDialog({ conversationId, reveal, onRevealed }: RevealDialogProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<RevealReason>();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const show = () =>
    start(async () => {
      if (!reason) {
        setProblem("Choose a reason first.");
        return;
      }
      const result = await reveal({ conversationId, reason });
      if (result.ok) {
        onRevealed(result.data.messages);
        setOpen(false);
      } else {
        setProblem(result.message);
      }
    });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet">
          <Eye aria-hidden />
          Reveal values
        </Button>
      }
      title="Reveal the customer’s values?"
      description="Names, addresses, e-mail addresses, phone numbers and the like stand as placeholders. Revealing them is written into the audit log with your name and reason."
      footer={
        <Button variant="primary" pending={pending} onClick={show}>
          Reveal values
        </Button>
      }
    >
      <RadioGroup legend="Why do you need them?">
        {RevealReason.options.map((value) => (
          <Radio
            key={value}
            name="reason"
            value={value}
            label={revealReasons[value]}
            checked={reason === value}
            onChange={() => {
              setReason(value);
              setProblem(undefined);
            }}
          />
        ))}
      </RadioGroup>
      {problem ? (
        <Notice tone="danger" className="mt-4">
          {problem}
        </Notice>
      ) : null}
    </Dialog>
  );
}
