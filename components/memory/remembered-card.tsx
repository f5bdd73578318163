import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import { EdgeList } from "./edge-list";
import { ForgetForm } from "./forget-form";
import type { ForgetCount, ShownEdge, ShownValue } from "./shown";
import { ValueList } from "./value-list";

type RememberedCardProps = {
  conversation: { id: string; title: string | null; lastMessageAt: string };
  summary: string | null;
  values: readonly ShownValue[];
  edges: readonly ShownEdge[];
  summarised: number;
  wordForWord: number;
  forgetValue: FormAct<ForgetCount>;
  forgetEdge: FormAct<ForgetCount>;
  forgetConversation: FormAct<ForgetCount>;
};

/** What is remembered of one conversation. */
export function RememberedCard(props: RememberedCardProps) {
  const { conversation, summary, values, edges } = props;
  const title = conversation.title ?? "Conversation";
  return (
    <Card
      heading="h3"
      title={
        <Link
          href={`/chat/${conversation.id}`}
          dir="auto"
          className="break-words rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          {title}
        </Link>
      }
      description={
        <>
          Last message <Time at={conversation.lastMessageAt} /> · {extent(props)}
        </>
      }
      footer={
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="min-w-0 grow basis-56 text-xs">
            Forgets every message of this conversation. You can still read it; the assistant cannot.
          </p>
          <ForgetForm
            forget={props.forgetConversation}
            fields={{ conversationId: conversation.id }}
            label="Forget this conversation"
            about={title}
          />
        </div>
      }
    >
      <div className="flex flex-col gap-5">
        {summary ? (
          <div>
            <h4 className="mb-1.5 font-medium text-sm">Summary of the older part</h4>
            <p dir="auto" className="max-w-prose whitespace-pre-line break-words text-sm">
              {summary}
            </p>
          </div>
        ) : null}
        {values.length > 0 ? (
          <div>
            <h4 className="font-medium text-sm">Exact values</h4>
            <p className="mb-2 text-muted text-xs">
              Forgetting one forgets every message that it stands in, so that it cannot come back.
            </p>
            <ValueList
              conversationId={conversation.id}
              values={values}
              forget={props.forgetValue}
            />
          </div>
        ) : (
          <p className="text-muted text-sm">No names, orders, amounts or dates in it.</p>
        )}
        {edges.length > 0 ? (
          <div>
            <h4 className="font-medium text-sm">Who and what you spoke of</h4>
            <p className="mb-2 text-muted text-xs">Known in this conversation only.</p>
            <EdgeList conversationId={conversation.id} edges={edges} forget={props.forgetEdge} />
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function extent({ summarised, wordForWord }: RememberedCardProps): string {
  const said = `${wordForWord} ${wordForWord === 1 ? "message" : "messages"} word for word`;
  return summarised > 0 ? `${summarised} summarised, ${said}` : said;
}
