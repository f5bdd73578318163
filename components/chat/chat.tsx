"use client";

import { UserRound } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { ChatState } from "@/lib/conversation/schema";
import type { Result } from "@/lib/result";
import { Composer, type SendForm } from "./composer";
import type { Connection } from "./follow";
import { Transcript } from "./transcript";
import { type Chat as ChatHandle, type ChatStart, type Send, useChat } from "./use-chat";

type Quiet<Input> = (input: Input) => Promise<Result<unknown>>;

export type ChatActions = {
  send: Send;
  sendForm: SendForm;
  stop: Quiet<{ conversationId: string }>;
  retryAnswer: Quiet<{ conversationId: string }>;
  rate: Quiet<{ messageId: string; value: 1 | -1 }>;
  askForPerson: Quiet<{ conversationId: string }>;
  markRead: Quiet<{ conversationId: string; seq: number }>;
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
export function Chat({ start, messageId, actions, empty, banner }: ChatProps) {
  const chat = useChat(start, actions.send);
  const { conversationId } = start;
  const say = useRefusals();
  useAddress(conversationId, chat.state.conversation !== null);
  useReading(chat.state, (seq) => void actions.markRead({ conversationId, seq }));
  const ask = () => void actions.askForPerson({ conversationId }).then(say);
  return (
    <div className="flex min-h-0 grow flex-col">
      {banner}
      <ConnectionBar connection={chat.connection} exists={chat.state.conversation !== null} />
      {chat.state.notice ? (
        <Notice tone={chat.state.notice.level} shape="banner">
          {chat.state.notice.text}
        </Notice>
      ) : null}
      <Transcript
        state={chat.state}
        outbox={chat.outbox}
        retry={chat.retry}
        rate={(id, value) => void actions.rate({ messageId: id, value }).then(say)}
        empty={empty}
        after={
          <Aftermath
            chat={chat}
            ask={ask}
            retry={() => void actions.retryAnswer({ conversationId }).then(say)}
          />
        }
      />
      <div className="border-line border-t bg-canvas pb-[env(safe-area-inset-bottom)]">
        <div className="mx-auto max-w-3xl px-4 pt-3 pb-1 sm:px-6">
          <PersonLine state={chat.state} ask={ask} />
          <Composer
            conversationId={conversationId}
            messageId={messageId}
            sendForm={actions.sendForm}
            send={chat.send}
            stop={chat.state.answer ? () => void actions.stop({ conversationId }).then(say) : null}
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
function useRefusals(): (result: Result<unknown>) => void {
  const toast = useToast();
  return (result) => {
    if (!result.ok) {
      toast({ title: result.message, tone: "danger" });
    }
  };
}

/** A conversation gets its own address with its first message, so that a reload comes back to it. */
function useAddress(conversationId: string, exists: boolean): void {
  useEffect(() => {
    const address = `/chat/${conversationId}`;
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

const OFFLINE_AFTER_MS = 1_500;

/** Comes and goes by itself; a blink of the network is not worth a word. */
function ConnectionBar({ connection, exists }: { connection: Connection; exists: boolean }) {
  const [shown, setShown] = useState(false);
  const lost = exists && connection === "lost";
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? OFFLINE_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [lost]);
  return shown ? (
    <Notice tone="warning" shape="banner">
      You are offline. We go on as soon as the connection is back; what you write is kept.
    </Notice>
  ) : null;
}

/** What stands after the last message when something needs a decision. */
function Aftermath({ chat, ask, retry }: { chat: ChatHandle; ask: () => void; retry: () => void }) {
  if (chat.blocked === "session_missing") {
    return (
      <Notice
        tone="warning"
        title="Your session has ended"
        action={
          <Link href="/sign-in?next=/chat" className="font-medium underline underline-offset-4">
            Sign in
          </Link>
        }
      >
        What you wrote is still here when you come back.
      </Notice>
    );
  }
  if (chat.state.outcome !== "failed") {
    return null;
  }
  return (
    <Notice
      tone="danger"
      action={
        <>
          <Button size="sm" onClick={retry}>
            Retry
          </Button>
          <Button size="sm" onClick={ask}>
            Talk to a person
          </Button>
        </>
      }
    >
      I apologize, but I encountered an error. Please try again.
    </Notice>
  );
}

/** Who answers, and the way to a person, which is there at any time. */
function PersonLine({ state, ask }: { state: ChatState; ask: () => void }) {
  const { conversation } = state;
  if (!conversation) {
    return null;
  }
  if (conversation.owner === "HUMAN") {
    return <p className="pb-2 text-muted text-sm">A person from our support team is with you.</p>;
  }
  if (conversation.status === "waiting") {
    return (
      <p role="status" className="pb-2 text-muted text-sm">
        You asked for a person. You can keep writing; they will read all of it.
      </p>
    );
  }
  return (
    <div className="flex justify-end pb-2">
      <Button size="sm" variant="quiet" onClick={ask}>
        <UserRound aria-hidden />
        Talk to a person
      </Button>
    </div>
  );
}
