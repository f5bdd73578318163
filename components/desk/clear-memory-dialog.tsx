"use client";

import { Eraser } from "lucide-react";
import { useRouter } from "next/navigation";
import { clearingLines } from "@/components/privacy/deletion-words";
import { WhatGoes } from "@/components/privacy/what-goes";
import { refusalOf } from "@/components/staff/refusal-of";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ConversationParts } from "@/lib/privacy/schema";
import type { Act } from "@/lib/result";

export type ClearMemory = Act<{ conversationId: string }, { messages: number }>;

type ClearMemoryDialogProps = {
  conversationId: string;
  parts: ConversationParts;
  clearMemory: ClearMemory;
};

/** Clears what the AI remembers of one conversation, after saying what that is. */
export function ClearMemoryDialog({ conversationId, parts, clearMemory }: ClearMemoryDialogProps) {
  const toast = useToast();
  const router = useRouter();
  const clear = async () => {
    const result = await clearMemory({ conversationId });
    if (result.ok) {
      toast({ title: "The AI’s memory of this conversation is cleared", tone: "success" });
      router.refresh();
    }
    return refusalOf(result);
  };
  return (
    <ConfirmDialog
      trigger={
        <Button variant="quiet" className="self-start">
          <Eraser aria-hidden />
          Clear the AI’s memory
        </Button>
      }
      title="Clear the AI’s memory of this conversation?"
      description="The transcript stays as it is, for the customer and for you. The AI begins anew here. This cannot be undone, and is written into the audit log with your name."
      confirmLabel="Clear its memory"
      tone="danger"
      onConfirm={clear}
    >
      <h3 className="mb-2 text-sm">What goes</h3>
      <WhatGoes lines={clearingLines(parts)} />
    </ConfirmDialog>
  );
}
