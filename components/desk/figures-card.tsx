import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { CustomerFigures } from "@/lib/conversation/schema";
import type { Tier } from "@/lib/customer/schema";

type FiguresCardProps = {
  pseudonym: string;
  /** Null where the customer has not agreed to be counted. */
  figures: CustomerFigures | null;
  customer: { kind: "guest" | "registered"; tier: Tier; memoryOn: boolean } | null;
};

/** The customer in figures, counted over all of their conversations. */
export function FiguresCard({ pseudonym, figures, customer }: FiguresCardProps) {
  return (
    <Card title="Customer">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm [&_dd]:text-right [&_dt]:text-muted">
        <dt>Pseudonym</dt>
        <dd>
          <code className="break-all font-mono text-xs">{pseudonym}</code>
        </dd>
        {customer ? (
          <>
            <dt>Account</dt>
            <dd>{customer.kind === "guest" ? "Guest" : `Registered, ${customer.tier}`}</dd>
            <dt>Memory</dt>
            <dd>{customer.memoryOn ? "On" : "Switched off by them"}</dd>
          </>
        ) : null}
        {figures ? <Counted figures={figures} /> : null}
      </dl>
      {figures ? null : (
        <p className="mt-3 text-muted text-sm">
          No figures: this customer has not agreed to be counted.
        </p>
      )}
    </Card>
  );
}

function Counted({ figures }: { figures: CustomerFigures }) {
  return (
    <>
      <dt>Conversations</dt>
      <dd className="tabular-nums">{figures.totalConversations.toLocaleString("en")}</dd>
      <dt>Messages</dt>
      <dd className="tabular-nums">{figures.totalMessages.toLocaleString("en")}</dd>
      <dt>Per conversation</dt>
      <dd className="tabular-nums">{figures.avgMessagesPerConversation.toFixed(1)}</dd>
      <dt>Last interaction</dt>
      <dd>{figures.lastInteraction ? <Time at={figures.lastInteraction} /> : "None"}</dd>
    </>
  );
}
