"use client";

import { useState } from "react";
import { refusalOf } from "@/components/staff/refusal-of";
import { lookNow } from "@/components/staff/use-health";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { SwitchReason } from "@/lib/conversation/schema";
import type { Act } from "@/lib/result";

type AnswersSwitchProps = {
  on: boolean;
  /** When and by whom it was last switched; null when nobody ever has. */
  since: string | null;
  by: string | null;
  /** Null for a lead, who may only look. */
  turn: Act<{ on: boolean; reason?: SwitchReason | undefined }> | null;
};

const reasonNames: Record<SwitchReason, string> = {
  wrong_answers: "It gave wrong answers",
  model_trouble: "The model has trouble",
  maintenance: "Maintenance",
  staffing: "People can answer everybody now",
};

/** Whether the AI answers, and the switch for it. */
export function AnswersSwitch({ on, since, by, turn }: AnswersSwitchProps) {
  return (
    <Card
      title={
        <span className="flex items-center gap-2.5">
          AI answers <Badge tone={on ? "success" : "warning"}>{on ? "On" : "Off"}</Badge>
        </span>
      }
      {...(turn ? { actions: <Turn on={on} turn={turn} /> } : {})}
      {...(since
        ? {
            footer: (
              <>
                Switched {on ? "on" : "off"} <Time at={since} />
                {by ? ` by ${by}` : ""}
              </>
            ),
          }
        : {})}
    >
      <p className="max-w-prose text-muted text-sm">
        {on
          ? "The AI answers customers, and steps back when a person is asked for."
          : "People answer everybody. Every new message waits in the inbox, and customers are told so."}
      </p>
    </Card>
  );
}

type TurnProps = { on: boolean; turn: NonNullable<AnswersSwitchProps["turn"]> };

function Turn({ on, turn }: TurnProps) {
  const toast = useToast();
  const [reason, setReason] = useState("");
  const confirm = async () => {
    const given = SwitchReason.safeParse(reason);
    const result = await turn({ on: !on, ...(given.success && { reason: given.data }) });
    if (result.ok) {
      setReason("");
      lookNow();
      toast({ title: `AI answers are ${on ? "off" : "on"}`, tone: "success" });
    }
    return refusalOf(result);
  };
  return (
    <ConfirmDialog
      trigger={
        <Button variant={on ? "secondary" : "primary"}>
          {on ? "Switch AI answers off" : "Switch AI answers on"}
        </Button>
      }
      tone={on ? "danger" : "primary"}
      title={on ? "Switch AI answers off?" : "Switch AI answers on?"}
      description={
        on
          ? "Within two seconds the AI falls silent everywhere. Answers in the middle of their words are kept as interrupted, and their conversations wait in the inbox like every new message. Somebody must answer them."
          : "The AI answers new messages again. Conversations that wait for a person go on waiting for one."
      }
      confirmLabel={on ? "Switch off" : "Switch on"}
      onConfirm={confirm}
    >
      <Field label="Reason" optional hint="Stands in the audit log.">
        {(control) => (
          <Select
            {...control}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            options={[
              { value: "", label: "No reason given" },
              ...SwitchReason.options.map((value) => ({ value, label: reasonNames[value] })),
            ]}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
