"use client";

import { type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { ChatState } from "@/lib/conversation/schema";
import type { Result } from "@/lib/result";
import { AnswersOff } from "./answers-off";
import { Aftermath, ConnectionBar, PersonLine } from "./around";
import { Composer, type SendForm } from "./composer";
import { drafts } from "./outbox";
import type { ProposalActions } from "./proposal-card";
import { Transcript } from "./transcript";
import { type ChatStart, type Send, useChat } from "./use-chat";

type Quiet<Input> = (input: Input) => Promise<Result<unknown>>;

export type ChatActions = {
  send: Send;
  sendForm: SendForm;
  stop: Quiet<{ conversationId: string }>;
  retryAnswer: Quiet<{ conversationId: string }>;
  rate: Quiet<{ messageId: string; value: 1 | -1 }>;
  askForPerson: Quiet<{ conversationId: string }>;
  markRead: Quiet<{ conversationId: string; seq: number }>;
  decide: ProposalActions;
};

type ChatProps = {
  start: ChatStart;
  /** Made by the server for the form that works without JavaScript. */
  messageId: string;
  actions: ChatActions;
  /** A greeting, while nothing is said yet. */
  empty: ReactNode;
  /** What cannot be done right now and why, such as a model that does not answer. */
  banner?: ReactNode;
};

/** The customer's chat: everything that is said comes over the stream, everything they do goes out as an action. */
export function Chat({ start: given, ...rest }: ChatProps) {
  const start = useStart(given);
  return <Open key={start.conversationId} start={start} {...rest} />;
}

/**
 * A conversation that was begun before a reload goes on under the id it had, so that its draft is found again and a
 * first message whose fate was not heard is not sent under two.
 */
function useStart(given: ChatStart): ChatStart {
  const [adopted, setAdopted] = useState<string | null>(null);
  const begun = given.conversation !== null;
  useEffect(() => {
    setAdopted(begun ? null : drafts.readBegun());
  }, [begun]);
  return adopted === null ? given : { ...given, conversationId: adopted };
}

function Open({ start, messageId, actions, empty, banner }: ChatProps) {
  const chat = useChat(start, actions.send);
  const { conversationId } = start;
  const say = useRefusals();
  // An accepted message is enough: whoever reloads before the stream has spoken comes back to it as well.
  useAddress(conversationId, chat.state.messages.length > 0);
  // Being out of reach is said by the bar; the next message is marked again, and this one with it.
  useReading(chat.state, (seq) => void actions.markRead({ conversationId, seq }).catch(() => null));
  const ask = () => say(actions.askForPerson({ conversationId }));
  return (
    <div className="flex min-h-0 grow flex-col">
      {banner}
      <ConnectionBar connection={chat.connection} exists={chat.state.conversation !== null} />
      <AnswersOff on={chat.state.answersOn} />
      {chat.state.notice ? (
        <Notice tone={chat.state.notice.level} shape="banner">
          {chat.state.notice.text}
        </Notice>
      ) : null}
      <Transcript
        state={chat.state}
        outbox={chat.outbox}
        retry={chat.retry}
        decide={actions.decide}
        rate={(id, value) => say(actions.rate({ messageId: id, value }))}
        empty={empty}
        after={
          <Aftermath
            chat={chat}
            ask={ask}
            retry={() => say(actions.retryAnswer({ conversationId }))}
          />
        }
      />
      <div className="border-line border-t bg-canvas pb-[env(safe-area-inset-bottom)]">
        <div className="mx-auto max-w-3xl px-4 pt-3 pb-1 sm:px-6">
          <PersonLine state={chat.state} ask={ask} />
          <Composer
            conversationId={conversationId}
            begins={chat.state.conversation === null}
            messageId={messageId}
            sendForm={actions.sendForm}
            send={chat.send}
            stop={chat.state.answer ? () => say(actions.stop({ conversationId })) : null}
            placeholder={placeholderFor(chat.state)}
          />
        </div>
      </div>
    </div>
  );
}

function placeholderFor(state: ChatState): string {
  return state.conversation?.owner === "HUMAN"
    ? "Write to the support team"
    : "Ask about an order or a product";
}

/** Says a refusal in passing: what was asked for did not happen, and why. */
function useRefusals(): (asked: Promise<Result<unknown>>) => void {
  const toast = useToast();
  const tell = (title: string) => toast({ title, tone: "danger" });
  return (asked) => {
    asked.then(
      (result) => result.ok || tell(result.message),
      () => tell("This did not reach us. Check your connection, then try again."),
    );
  };
}

/**
 * A conversation gets its own address with its first message, so that a reload comes back to it. In one step with the
 * word "Sent": whoever reads it may reload the next moment.
 */
function useAddress(conversationId: string, exists: boolean): void {
  useLayoutEffect(() => {
    const address = `/chat/${conversationId}`;
    if (exists && drafts.readBegun() === conversationId) {
      drafts.writeBegun(null);
    }
    if (exists && globalThis.location.pathname === "/chat") {
      globalThis.history.replaceState(null, "", address);
    }
  }, [conversationId, exists]);
}

/** What was on a visible screen counts as read. */
function useReading(state: ChatState, read: (seq: number) => void): void {
  const seq = state.messages.at(-1)?.seq ?? 0;
  const unread = state.conversation !== null && seq > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new message is news; `read` is a new function each time.
  useEffect(() => {
    if (unread && globalThis.document.visibilityState === "visible") {
      read(seq);
    }
  }, [seq, unread]);
}
