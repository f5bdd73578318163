import { MessageSquarePlus, Trash2 } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import type { ConversationStatus, ConversationView } from "@/lib/conversation/schema";

type ConversationListProps = {
  conversations: readonly ConversationView[];
  /** The one that is open. */
  current: string | null;
  /** Where the next page begins; null at the end. */
  older: string | null;
};

const states: Record<ConversationStatus, string | null> = {
  open: null,
  waiting: "Waiting for a person",
  with_person: "With a person",
  solved: "Solved",
};

/** The customer's own conversations, newest first. */
export function ConversationList({ conversations, current, older }: ConversationListProps) {
  return (
    <nav aria-label="Your conversations" className="flex flex-col gap-3">
      <ButtonLink href="/chat" size="md">
        <MessageSquarePlus aria-hidden />
        New conversation
      </ButtonLink>
      {conversations.length === 0 ? (
        <p className="px-1 text-muted text-sm">
          Your conversations are listed here once you have written.
        </p>
      ) : (
        <ul className="flex flex-col gap-1">
          {conversations.map((each) => (
            <li key={each.id} className="flex items-center gap-1">
              <Row conversation={each} open={each.id === current} />
              <Link
                href={`/chat/${each.id}/delete`}
                prefetch={false}
                aria-label={`Delete ${each.title ?? "Conversation"} …`}
                className="shrink-0 rounded-md p-2 text-muted transition-colors hover:bg-sunken hover:text-ink pointer-coarse:p-3"
              >
                <Trash2 aria-hidden className="size-4" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {older ? (
        <Link
          href={`/chat/earlier?before=${encodeURIComponent(older)}`}
          className="px-3 text-muted text-sm underline underline-offset-4"
        >
          Older conversations
        </Link>
      ) : null}
    </nav>
  );
}

function Row({ conversation, open }: { conversation: ConversationView; open: boolean }) {
  const state = states[conversation.status];
  return (
    <Link
      href={`/chat/${conversation.id}`}
      aria-current={open ? "page" : undefined}
      className={classNames(
        "block min-w-0 grow rounded-md px-3 py-2 transition-colors hover:bg-sunken",
        open && "bg-sunken",
      )}
    >
      <span className="flex items-center gap-2">
        <span
          dir="auto"
          className={classNames(
            "min-w-0 grow truncate text-sm",
            conversation.unread && "font-semibold",
          )}
        >
          {conversation.title ?? "Conversation"}
        </span>
        {conversation.unread ? <Badge tone="accent">New</Badge> : null}
      </span>
      <span className="mt-0.5 flex items-center gap-2 text-muted text-xs">
        <Time at={conversation.lastMessageAt} />
        {state ? <span>· {state}</span> : null}
      </span>
    </Link>
  );
}
