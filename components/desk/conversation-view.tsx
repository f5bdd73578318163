"use client";

import { FileText } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useTyping } from "@/components/chat/use-typing";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { StaffConversation } from "@/lib/conversation/schema";
import type { ConversationParts } from "@/lib/privacy/schema";
import type { Act, FormAct } from "@/lib/result";
import type { SummaryView } from "@/lib/summary/schema";
import { numberCitations } from "./citations";
import { type ClearMemory, ClearMemoryDialog } from "./clear-memory-dialog";
import { type Colleague, ConversationActs } from "./conversation-acts";
import { ConversationHead } from "./conversation-head";
import { DeskComposer, type Writes } from "./desk-composer";
import type { Reveal } from "./reveal-dialog";
import { type SummaryActions, SummaryPanel } from "./summary-panel";
import { Transcript } from "./transcript";
import { useDeskConversation } from "./use-desk-conversation";
import { useGoTo } from "./use-go-to";
import { useOutbox } from "./use-outbox";
import { WhyNotAnswer } from "./why-not-answer";

type Message = { id: string; conversationId: string; text: string };

export type DeskActions = {
  answer: Act<Message>;
  note: Act<Message>;
  markRead: Act<{ conversationId: string; seq: number }>;
  typing: Act<{ conversationId: string }>;
  reveal: Reveal;
  takeOver: FormAct;
  handBack: FormAct;
  solve: FormAct;
  reopen: FormAct;
  assign: FormAct;
  clearMemory: ClearMemory;
  summary: SummaryActions;
};

type ConversationViewProps = {
  opened: StaffConversation;
  summary: SummaryView;
  ownId: string;
  colleagues: readonly Colleague[];
  actions: DeskActions;
  /** What clearing the AI's memory would take; null where the conversation is gone. */
  parts: ConversationParts | null;
  /** The customer's figures, drawn by the page. */
  figures: ReactNode;
  /** Where the messages before these are, if there are any. */
  earlier: ReactNode;
};

/** A conversation as a lead works in it: what was said, what it comes down to, and what can be done. */
export function ConversationView(props: ConversationViewProps) {
  const { opened, actions, summary } = props;
  const conversationId = opened.conversation.id;
  const state = useDeskConversation(opened, actions.markRead);
  const outbox = {
    reply: useOutbox(`desk-reply:${conversationId}`, (m) =>
      actions.answer({ ...m, conversationId }),
    ),
    note: useOutbox(`desk-note:${conversationId}`, (m) => actions.note({ ...m, conversationId })),
  };
  const { typing } = actions;
  const tell = useCallback(() => typing({ conversationId }), [typing, conversationId]);
  const onTyping = useTyping(tell, opened.restored);
  const [revealed, setRevealed] = useState<ReadonlyMap<string, string>>(new Map());
  const [sheet, setSheet] = useState(false);
  const { highlighted, goTo } = useGoTo(() => setSheet(false));
  const order = state.messages.map(({ id }) => id);
  const numbers = numberCitations("sentences" in summary ? summary.sentences : [], order);
  const aside = (
    <>
      <SummaryPanel
        conversationId={conversationId}
        summary={summary}
        numbers={numbers}
        order={order}
        goTo={goTo}
        actions={actions.summary}
      />
      {props.figures}
      {props.parts ? (
        <ClearMemoryDialog
          conversationId={conversationId}
          parts={props.parts}
          clearMemory={actions.clearMemory}
        />
      ) : null}
    </>
  );
  return (
    <div className="mx-auto grid w-full max-w-7xl gap-x-8 px-4 pt-6 sm:px-6 lg:h-dvh lg:short:h-auto lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <ConversationHead
          conversation={opened.conversation}
          assignee={nameOf(props.colleagues, opened.conversation.assigneeId, props.ownId)}
        />
        <ConversationActs
          {...actions}
          conversation={opened.conversation}
          restored={opened.restored}
          ownId={props.ownId}
          colleagues={props.colleagues}
          onRevealed={(messages) => setRevealed(new Map(messages.map((m) => [m.id, m.text])))}
        >
          <Button className="order-first lg:hidden" onClick={() => setSheet(true)}>
            <FileText aria-hidden />
            Summary
          </Button>
        </ConversationActs>
        <Dialog shape="wide" title="Summary" open={sheet} onOpenChange={setSheet}>
          <div className="flex flex-col gap-5">{aside}</div>
        </Dialog>
        {state.notice ? <Notice tone={state.notice.level}>{state.notice.text}</Notice> : null}
        {props.earlier}
        <Transcript
          state={state}
          revealed={revealed}
          numbers={numbers}
          highlighted={highlighted}
          replies={outbox.reply}
          notes={outbox.note}
        />
        <DeskComposer
          conversationId={conversationId}
          blocked={
            <WhyNotAnswer
              conversation={opened.conversation}
              ownId={props.ownId}
              takeOver={actions.takeOver}
            />
          }
          canAnswer={opened.restored}
          send={(kind: Writes, text) => outbox[kind].send(text)}
          onTyping={onTyping}
        />
      </div>
      <aside
        aria-label="Summary and customer"
        className="relative hidden min-h-0 flex-col gap-5 pb-6 lg:flex lg:short:overflow-visible lg:overflow-y-auto"
      >
        {aside}
      </aside>
    </div>
  );
}

function nameOf(colleagues: readonly Colleague[], id: string | null, ownId: string): string | null {
  return id === ownId ? "You" : (colleagues.find((each) => each.id === id)?.name ?? null);
}
