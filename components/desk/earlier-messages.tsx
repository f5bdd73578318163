import { ButtonLink } from "@/components/ui/button";
import type { MessageView } from "@/lib/conversation/schema";

/** As many as a page of the record holds: fewer means that the conversation begins here. */
const PAGE = 200;

type EarlierMessagesProps = { conversationId: string; messages: readonly MessageView[] };

/** The way to what was said before the messages on this page. */
export function EarlierMessages({ conversationId, messages }: EarlierMessagesProps) {
  const first = messages[0];
  return first && messages.length >= PAGE ? (
    <p className="mb-5">
      <ButtonLink size="sm" href={`/desk/${conversationId}?before=${first.seq}`}>
        Earlier messages
      </ButtonLink>
    </p>
  ) : null;
}
