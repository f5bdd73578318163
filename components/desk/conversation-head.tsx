import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import type { InboxRow } from "@/lib/conversation/schema";
import { customerLabel } from "./customer-label";
import { StatusBadge } from "./status-badge";
import { Wait } from "./wait";

type ConversationHeadProps = { conversation: InboxRow; assignee: string | null };

const reasons: Record<string, string> = {
  customer_asked: "The customer asked for a person",
  agent_unsure: "The AI was not sure",
  answers_off: "AI answers are switched off",
  staff_took_over: "A colleague gave it back to the queue",
  effect_uncertain: "A confirmed change has to be checked",
  safety: "The AI stepped back for safety",
};

/** Whose conversation it is and where it stands. */
export function ConversationHead({ conversation, assignee }: ConversationHeadProps) {
  const label = customerLabel(conversation.anonymizedUser);
  const reason = conversation.handOffReason ? reasons[conversation.handOffReason] : null;
  return (
    <header className="mb-4">
      <Breadcrumbs crumbs={[{ label: "Inbox", href: "/desk" }, { label }]} />
      <h1 className="mt-3 text-xl">{label}</h1>
      {conversation.title ? (
        <p dir="auto" className="mt-1 line-clamp-2 max-w-prose text-muted text-sm">
          {conversation.title}
        </p>
      ) : null}
      <p className="mt-3 flex flex-wrap items-center gap-2 text-muted text-xs">
        <StatusBadge status={conversation.status} />
        <Badge>{assignee === "You" ? "Yours" : (assignee ?? "Unassigned")}</Badge>
        {conversation.status === "waiting" && conversation.waitingSince ? (
          <span>
            {reason ? `${reason}; waits ` : "Waits "}
            <Wait since={conversation.waitingSince} />
          </span>
        ) : null}
      </p>
    </header>
  );
}
