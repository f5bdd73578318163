"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ChatState } from "@/lib/conversation/schema";
import type { Connection } from "./follow";
import type { Chat } from "./use-chat";

const OFFLINE_AFTER_MS = 1_500;

/** Comes and goes by itself; a blink of the network is not worth a word. */
export function ConnectionBar({ connection, exists }: { connection: Connection; exists: boolean }) {
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
export function Aftermath({
  chat,
  ask,
  retry,
}: {
  chat: Chat;
  ask: () => void;
  retry: () => void;
}) {
  if (chat.blocked === "session_missing") {
    return (
      <Notice
        tone="warning"
        title="Your session has ended"
        action={
          <Link
            href={`/sign-in?next=${encodeURIComponent(globalThis.location.pathname)}`}
            className="font-medium underline underline-offset-4"
          >
            Sign in
          </Link>
        }
      >
        What you wrote is still here when you come back.
      </Notice>
    );
  }
  if (chat.blocked === "consent_missing") {
    return (
      <Notice
        tone="warning"
        title="The words that you agreed to have changed"
        action={
          <a
            href={globalThis.location.pathname}
            className="font-medium underline underline-offset-4"
          >
            Read them
          </a>
        }
      >
        What you wrote is still here when you come back.
      </Notice>
    );
  }
  if (chat.ended) {
    return (
      <Notice
        tone="warning"
        title="What happens here cannot be shown any more"
        action={
          <a href="/chat" className="font-medium underline underline-offset-4">
            Start a new conversation
          </a>
        }
      >
        {chat.ended.message}
      </Notice>
    );
  }
  if (isBrokenOff(chat.state)) {
    return (
      <div>
        <Button size="sm" onClick={retry}>
          Retry
        </Button>
      </div>
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

/** The last word is an answer that stopped before its end, and the assistant may still give a whole one. */
function isBrokenOff({ messages, answer, outcome, conversation, answersOn }: ChatState): boolean {
  const last = messages.findLast(({ role }) => role !== "tool" && role !== "note");
  const stopped = last?.role === "assistant" && last.state === "interrupted";
  const may = conversation?.owner === "AI" && answersOn && !answer && outcome !== "running";
  return stopped && may && outcome !== "failed";
}
