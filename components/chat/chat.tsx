"use client";

import { type ReactNode, useCallback, useEffect, useLayoutEffect, useState } from "react";
import { LiveTitle } from "@/components/shell/live-title";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { ChatState, CustomerWhy } from "@/lib/conversation/schema";
import type { Result } from "@/lib/result";
import type { Contact } from "./address-form";
import { AnswersOff } from "./answers-off";
import { Aftermath, ConnectionBar } from "./around";
import { Composer, type SendForm } from "./composer";
import { OfferCard } from "./offer-card";
import { drafts } from "./outbox";
import { PersonLine } from "./person-line";
import type { ProposalActions } from "./proposal-card";
import { RequestSaid } from "./request-said";
import { Transcript } from "./transcript";
import { type ChatStart, type Chat as Held, type Send, useChat } from "./use-chat";
import { useReading, useUnread } from "./use-reading";
import { useTyping } from "./use-typing";
import { WaitingCard } from "./waiting-card";

type Quiet<Input> = (input: Input) => Promise<Result<unknown>>;

export type ChatActions = {
  send: Send;
  sendForm: SendForm;
  stop: Quiet<{ conversationId: string }>;
  retryAnswer: Quiet<{ conversationId: string }>;
  rate: Quiet<{ messageId: string; value: 1 | -1 }>;
  askForPerson: Quiet<{ conversationId: string; offered?: boolean }>;
  people: {
    withdraw: Quiet<{ conversationId: string }>;
    sayWhy: Quiet<{ conversationId: string; why: CustomerWhy }>;
    declineOffer: Quiet<{ conversationId: string }>;
    typing: Quiet<{ conversationId: string }>;
    leaveAddress: Quiet<{ conversationId: string; email: string }>;
    removeAddress: Quiet<{ conversationId: string }>;
  };
  markRead: Quiet<{ conversationId: string; seq: number }>;
  decide: ProposalActions;
};

type ChatProps = {
  start: ChatStart;
  /** Made by the server for the form that works without JavaScript. */
  messageId: string;
  actions: ChatActions;
  contact: Contact;
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

function Open({ start, messageId, actions, contact, empty, banner }: ChatProps) {
  const chat = useChat(start, actions.send);
  const { conversationId } = start;
  const say = useRefusals();
  // An accepted message is enough: whoever reloads before the stream has spoken comes back to it as well.
  useAddress(conversationId, chat.state.messages.length > 0);
  // Being out of reach is said by the bar; the next message is marked again, and this one with it.
  useReading(chat.state, (seq) => void actions.markRead({ conversationId, seq }).catch(() => null));
  const ask = () => say(actions.askForPerson({ conversationId }));
  const typing = useTypingHere(chat.state, conversationId, actions);
  return (
    <div className="flex min-h-0 grow flex-col">
      <LiveTitle waiting={useUnread(chat.state)} />
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
          <After
            chat={chat}
            ask={ask}
            say={say}
            conversationId={conversationId}
            actions={actions}
            contact={contact}
          />
        }
      />
      <div className="border-line border-t bg-canvas pb-[env(safe-area-inset-bottom)]">
        <div className="mx-auto max-w-3xl px-4 pt-3 pb-1 sm:px-6">
          <PersonLine
            state={chat.state}
            ask={ask}
            withdraw={() => say(actions.people.withdraw({ conversationId }))}
          />
          <Composer
            conversationId={conversationId}
            begins={chat.state.conversation === null}
            messageId={messageId}
            sendForm={actions.sendForm}
            send={chat.send}
            stop={chat.state.answer ? () => say(actions.stop({ conversationId })) : null}
            placeholder={placeholderFor(chat.state)}
            onTyping={typing}
          />
        </div>
      </div>
    </div>
  );
}

type AfterProps = {
  chat: Held;
  conversationId: string;
  actions: ChatActions;
  contact: Contact;
  ask: () => void;
  say: (asked: Promise<Result<unknown>>) => void;
};

/** What stands after the last message: a failure, an offer, or what there is to do while a person is waited for. */
function After({ chat, conversationId, actions, contact, ask, say }: AfterProps) {
  const { conversation, answer } = chat.state;
  const { people } = actions;
  return (
    <>
      <Aftermath chat={chat} ask={ask} retry={() => say(actions.retryAnswer({ conversationId }))} />
      <RequestSaid messages={chat.state.messages} />
      {conversation?.people.offered && !answer ? (
        <OfferCard
          accept={() => say(actions.askForPerson({ conversationId, offered: true }))}
          decline={() => say(people.declineOffer({ conversationId }))}
        />
      ) : null}
      {conversation ? (
        <WaitingCard
          conversation={conversation}
          contact={contact}
          sayWhy={(why) => say(people.sayWhy({ conversationId, why }))}
          leaveAddress={(email) => people.leaveAddress({ conversationId, email })}
          removeAddress={() => say(people.removeAddress({ conversationId }))}
        />
      ) : null}
    </>
  );
}

/** While a person is concerned, they see that the customer is writing. */
function useTypingHere(state: ChatState, conversationId: string, { people }: ChatActions) {
  const { owner } = state.conversation ?? { owner: "AI" };
  const tell = useCallback(() => people.typing({ conversationId }), [people, conversationId]);
  return useTyping(tell, owner !== "AI");
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
