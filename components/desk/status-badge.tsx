import { Badge, type Tone } from "@/components/ui/badge";
import type { ConversationStatus } from "@/lib/conversation/schema";

const looks: Record<ConversationStatus, { tone: Tone; text: string }> = {
  waiting: { tone: "warning", text: "Waiting for a person" },
  with_person: { tone: "info", text: "With a person" },
  open: { tone: "neutral", text: "With the AI" },
  solved: { tone: "success", text: "Solved" },
};

/** Where a conversation stands. */
export function StatusBadge({ status }: { status: ConversationStatus }) {
  return <Badge tone={looks[status].tone}>{looks[status].text}</Badge>;
}
