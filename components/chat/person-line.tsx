"use client";

import { UserRound } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ChatState, QueueView } from "@/lib/conversation/schema";

type PersonLineProps = { state: ChatState; ask: () => void; withdraw: () => void };

/** Who answers, and the way to a person, which is there at any time. */
export function PersonLine({ state, ask, withdraw }: PersonLineProps) {
  const { conversation } = state;
  if (!conversation) {
    return null;
  }
  if (conversation.owner === "HUMAN") {
    return <p className="pb-2 text-muted text-sm">A person from our support team is with you.</p>;
  }
  const { queue } = conversation.people;
  if (conversation.status === "waiting") {
    return (
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 pb-2">
        <p role="status" className="min-w-0 grow basis-64 text-muted text-sm">
          {state.answersOn && queue?.withdrawable !== false
            ? "You asked for a person. "
            : "A person from our support team will answer. "}
          {queue ? `${queueText(queue)} ` : ""}
          You can keep writing; they will read all of it.
        </p>
        {queue?.withdrawable && state.answersOn ? (
          <Button size="sm" variant="quiet" onClick={withdraw}>
            I no longer need a person
          </Button>
        ) : null}
      </div>
    );
  }
  return (
    <div className="flex justify-end pb-2">
      <Button size="sm" variant="quiet" onClick={ask}>
        <UserRound aria-hidden />
        Talk to a person
      </Button>
    </div>
  );
}

function queueText(queue: QueueView): string {
  const late = queue.late ? " It takes longer than it should." : "";
  return `${placeText(queue)} ${presentText(queue)}${late}`;
}

function placeText({ place }: QueueView): string {
  return place === null || place <= 1 ? "You are next." : `You are number ${place} in line.`;
}

function presentText({ present }: QueueView): string {
  if (present === 0) {
    return "Nobody is here right now.";
  }
  return present === 1 ? "1 person is here." : `${present} people are here.`;
}
