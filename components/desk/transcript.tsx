"use client";

import { Fragment, useRef } from "react";
import { placeProposals } from "@/components/chat/place-proposals";
import { ProposalCard } from "@/components/chat/proposal-card";
import { TypingLine } from "@/components/chat/typing-line";
import type { ChatState } from "@/lib/conversation/schema";
import { TranscriptMessage, Unsent } from "./transcript-message";
import { useEndFollowed } from "./use-end-followed";
import type { Outbox } from "./use-outbox";
import { Writing } from "./writing";

type TranscriptProps = {
  state: ChatState;
  /** Values that were put back for this reader, by message. */
  revealed: ReadonlyMap<string, string>;
  /** The numbers of cited messages in the summary. */
  numbers: ReadonlyMap<string, number>;
  highlighted: string | null;
  replies: Outbox;
  notes: Outbox;
};

/** All that was said, with the colleagues' notes between it. */
export function Transcript(props: TranscriptProps) {
  const { state, revealed, numbers, highlighted } = props;
  const arrived = new Set(state.messages.map(({ id }) => id));
  const box = useRef<HTMLDivElement>(null);
  const last = state.messages.at(-1)?.id ?? "";
  const unsent = props.replies.outgoing.length + props.notes.outgoing.length;
  useEndFollowed(box, `${last}:${unsent}:${state.answer?.text.length ?? -1}:${state.typing?.beat}`);
  const proposals = placeProposals(state.proposals, state.messages);
  const waiting = (outbox: Outbox) => outbox.outgoing.filter(({ id }) => !arrived.has(id));
  return (
    <div
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
      tabIndex={0}
      className="relative min-h-0 grow lg:-mx-2 lg:short:overflow-visible lg:overflow-y-auto lg:overscroll-contain lg:px-2 lg:pt-2"
    >
      <div role="log" aria-label="Conversation" className="flex flex-col gap-5 pb-6">
        {state.messages.map((message) => (
          <Fragment key={message.id}>
            <TranscriptMessage
              message={{ ...message, text: revealed.get(message.id) ?? message.text }}
              number={numbers.get(message.id)}
              highlighted={message.id === highlighted}
              seen={message.seq <= (state.conversation?.people.seenSeq ?? 0)}
            />
            {proposals.after(message).map((proposal) => (
              <div key={proposal.id} className="ml-auto w-full max-w-[68ch]">
                <ProposalCard proposal={proposal} />
              </div>
            ))}
          </Fragment>
        ))}
        {waiting(props.replies).map((message) => (
          <Unsent key={message.id} message={message} kind="reply" retry={props.replies.retry} />
        ))}
        {waiting(props.notes).map((message) => (
          <Unsent key={message.id} message={message} kind="note" retry={props.notes.retry} />
        ))}
      </div>
      {state.answer ? <Writing answer={state.answer} /> : null}
      <TypingLine
        who="The customer"
        beat={state.typing?.by === "customer" ? state.typing.beat : null}
        after={last}
        className="pb-6"
      />
    </div>
  );
}
