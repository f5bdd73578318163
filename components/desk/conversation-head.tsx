import { Mail } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import type { InboxRow } from "@/lib/conversation/schema";
import { customerLabel } from "./customer-label";
import { handOffText } from "./hand-off-words";
import { StatusBadge } from "./status-badge";
import { Wait } from "./wait";

type ConversationHeadProps = { conversation: InboxRow; assignee: string | null };

/** Whose conversation it is and where it stands. */
export function ConversationHead({ conversation, assignee }: ConversationHeadProps) {
  const label = customerLabel(conversation.anonymizedUser);
  const reason = handOffText(conversation);
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
        ) : (
          <span>{reason}</span>
        )}
      </p>
      <LeftAddress conversation={conversation} />
    </header>
  );
}

/** Where the customer can be reached: the owner reads it, everyone else only that it is there. */
function LeftAddress({ conversation }: { conversation: InboxRow }) {
  const { address } = conversation.people;
  if (!conversation.addressLeft) {
    return null;
  }
  return (
    <p className="mt-2 flex items-center gap-1.5 text-muted text-xs">
      <Mail aria-hidden className="size-3.5 shrink-0" />
      {address ? `Left an e-mail address: ${address}` : "Left an e-mail address"}
    </p>
  );
}
