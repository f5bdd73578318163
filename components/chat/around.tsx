"use client";

import { UserRound } from "lucide-react";
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
export function PersonLine({ state, ask }: { state: ChatState; ask: () => void }) {
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
        {state.answersOn
          ? "You asked for a person. "
          : "A person from our support team will answer. "}
        You can keep writing; they will read all of it.
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
