"use client";

import { Check, Pencil } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/staff/action-form";
import { LookAgain } from "@/components/staff/look-again";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import type { SummaryView } from "@/lib/summary/schema";
import { type CitedSentence, citationsOf } from "./citations";
import { SummaryEditor } from "./summary-editor";
import { whyNoSummary } from "./why-no-summary";

export type SummaryActions = { approve: FormAct; edit: FormAct };

type SummaryPanelProps = {
  conversationId: string;
  summary: SummaryView;
  /** The cited messages' numbers. */
  numbers: ReadonlyMap<string, number>;
  /** The messages on the page, in their order. */
  order: readonly string[];
  goTo: (messageId: string) => void;
  actions: SummaryActions;
};

type Ready = Extract<SummaryView, { state: "ready" }>;

/** What the conversation comes down to, each sentence tied to the messages it rests on. */
export function SummaryPanel(props: SummaryPanelProps) {
  const { summary } = props;
  const [editing, setEditing] = useState(false);
  if (summary.state !== "ready") {
    return (
      <Card title="Summary">
        {summary.why === "being_written" ? <LookAgain everyMs={15_000} /> : null}
        <p className="font-medium text-sm">No summary available</p>
        <p className="mt-1 text-muted text-sm">{whyNoSummary(summary)}</p>
      </Card>
    );
  }
  return (
    <Card
      title="Summary"
      actions={
        summary.reviewed ? (
          <Badge tone="success">Reviewed</Badge>
        ) : (
          <Badge tone="warning">To review</Badge>
        )
      }
      footer={<Origin summary={summary} />}
    >
      {editing ? (
        <SummaryEditor
          conversationId={props.conversationId}
          summary={summary}
          edit={props.actions.edit}
          close={() => setEditing(false)}
        />
      ) : (
        <>
          <Sentences {...props} sentences={summary.sentences} line={summary.line} />
          <div className="mt-4 flex flex-wrap gap-2">
            {summary.reviewed ? null : (
              <ActionForm
                action={props.actions.approve}
                fields={{ conversationId: props.conversationId, version: String(summary.version) }}
                done="Summary approved"
              >
                <SubmitButton size="sm" variant="secondary">
                  <Check aria-hidden />
                  Approve
                </SubmitButton>
              </ActionForm>
            )}
            <Button size="sm" variant="quiet" onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}

type SentencesProps = Pick<SummaryPanelProps, "numbers" | "order" | "goTo"> & {
  line: string;
  sentences: readonly CitedSentence[];
};

function Sentences({ line, sentences, numbers, order, goTo }: SentencesProps) {
  return (
    <>
      <p dir="auto" className="font-medium text-sm">
        {line}
      </p>
      <ul className="mt-3 flex flex-col gap-2 text-sm">
        {sentences.map((sentence) => (
          <li key={sentence.text} dir="auto">
            {sentence.text}{" "}
            {citationsOf(sentence, numbers, order).map(({ messageId, number, shown }) =>
              shown ? (
                <button
                  key={messageId}
                  type="button"
                  aria-label={`Go to message ${number}`}
                  onClick={() => goTo(messageId)}
                  className="mr-1 inline-flex min-h-6 min-w-6 items-center justify-center rounded-sm border border-accent-line bg-accent-soft px-1 text-accent-ink text-xs tabular-nums hover:border-accent"
                >
                  {number}
                </button>
              ) : (
                <span key={messageId} className="mr-1 text-muted text-xs" title="Not on this page">
                  [{number}]
                </span>
              ),
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Origin({ summary }: { summary: Ready }) {
  return (
    <span className="text-xs">
      Version {summary.version},{" "}
      {summary.author ? `edited by ${summary.author}` : "written by the AI"}{" "}
      <Time at={summary.createdAt} />
    </span>
  );
}
