"use client";

import { ArrowDown } from "lucide-react";
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Markdown } from "@/components/ui/markdown";
import type { ChatState } from "@/lib/conversation/schema";
import { Author, Message, Unsent } from "./message";
import type { Outgoing } from "./outbox";
import { placeProposals } from "./place-proposals";
import { type ProposalActions, ProposalCard } from "./proposal-card";
import { TypingLine } from "./typing-line";

type TranscriptProps = {
  state: ChatState;
  outbox: Outgoing[];
  retry: (id: string) => void;
  rate: (messageId: string, value: 1 | -1) => void;
  decide: ProposalActions;
  /** Stands where the conversation will be, before there is one. */
  empty: ReactNode;
  /** Stands after the last message: an apology, an offer. */
  after: ReactNode;
};

const NEAR_END_PX = 80;

/** The conversation, oldest first. Follows the end until the reader scrolls away from it. */
export function Transcript(props: TranscriptProps) {
  const { state, outbox, retry, rate, decide, empty, after } = props;
  const shown = state.messages.filter(({ role }) => role !== "note" && role !== "tool");
  const waiting = outbox.filter(({ id }) => !shown.some((message) => message.id === id));
  const seenSeq = state.conversation?.people.seenSeq ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const proposals = placeProposals(state.proposals, shown);
  const away = useEndFollowed(scroller, [
    shown.length,
    waiting.length,
    state.answer?.text,
    proposals.mark,
    state.typing?.beat,
    JSON.stringify(state.conversation?.people),
  ]);
  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
        tabIndex={0}
        className="relative h-full overflow-y-auto overscroll-contain"
      >
        <div
          role="log"
          aria-label="Conversation"
          aria-live="off"
          className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 sm:px-6"
        >
          {shown.length + waiting.length === 0 ? empty : null}
          {shown.map((message) => (
            <Fragment key={message.id}>
              <Message message={message} rate={rate} seen={message.seq <= seenSeq} />
              {proposals.after(message).map((proposal) => (
                <ProposalCard key={proposal.id} proposal={proposal} actions={decide} />
              ))}
            </Fragment>
          ))}
          {waiting.map((message) => (
            <Unsent key={message.id} message={message} retry={retry} />
          ))}
          {state.answer ? <Writing text={state.answer.text} status={state.answer.status} /> : null}
          <TypingLine
            who="Support"
            beat={state.typing?.by === "staff" ? state.typing.beat : null}
            after={shown.at(-1)?.id ?? ""}
          />
          {after}
        </div>
      </div>
      {away ? (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button size="sm" onClick={() => toEnd(scroller.current)}>
            <ArrowDown aria-hidden />
            Newest
          </Button>
        </div>
      ) : null}
      <Announcement state={state} />
    </div>
  );
}

function Writing({ text, status }: { text: string; status: string | null }) {
  return (
    <article className="max-w-prose" aria-label="Answer being written" aria-busy="true">
      <Author name="Assistant" person={false} />
      {text ? (
        <Markdown text={text} streaming />
      ) : (
        <p className="flex items-center gap-2 text-muted text-sm">
          <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
          {status ?? "Thinking"}
        </p>
      )}
    </article>
  );
}

/** Says a finished answer once. The log itself is silent: word by word it would never stop talking. */
function Announcement({ state }: { state: ChatState }) {
  const first = useRef(state.messages.at(-1)?.id);
  const last = state.messages.findLast(({ role }) => role !== "customer");
  const fresh = last && last.id !== first.current ? last : null;
  return (
    <p className="sr-only" aria-live="polite">
      {fresh ? fresh.text : ""}
    </p>
  );
}

/** Keeps the end in view while the reader is there; true when they have scrolled away. */
function useEndFollowed(
  scroller: React.RefObject<HTMLDivElement | null>,
  changed: unknown[],
): boolean {
  const [away, setAway] = useState(false);
  const atEnd = useRef(true);
  useEffect(() => {
    const box = scroller.current;
    const look = () => {
      const gap = box ? box.scrollHeight - box.scrollTop - box.clientHeight : 0;
      atEnd.current = gap < NEAR_END_PX;
      setAway(!atEnd.current);
    };
    box?.addEventListener("scroll", look, { passive: true });
    return () => box?.removeEventListener("scroll", look);
  }, [scroller]);
  const mark = changed.join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` is what changed on the screen, not what is read here.
  useEffect(() => {
    if (atEnd.current) {
      toEnd(scroller.current);
    }
  }, [mark, scroller]);
  return away;
}

function toEnd(box: HTMLElement | null): void {
  box?.scrollTo({ top: box.scrollHeight });
}
