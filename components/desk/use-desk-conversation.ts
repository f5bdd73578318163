"use client";

import { useRouter } from "next/navigation";
import { useEffect, useReducer, useRef } from "react";
import { useConsole } from "@/components/staff/console";
import {
  applyEvent,
  type ChatState,
  type ConversationView,
  emptyChat,
  type StaffConversation,
} from "@/lib/conversation/schema";
import type { Act } from "@/lib/result";

/**
 * The open conversation, kept current by the console's stream. What the page's own reload brings (an owner's values, a
 * colleague's assignment) is laid over it, newer copies of a message in place of older ones.
 */
export function useDeskConversation(
  opened: StaffConversation,
  markRead: Act<{ conversationId: string; seq: number }>,
): ChatState {
  const [state, apply] = useReducer(applyEvent, opened, start);
  const { subscribe, reconnect } = useConsole();
  const router = useRouter();
  const { conversation, messages, proposals, restored } = opened;
  const known = useRef<ConversationView>(conversation);

  useEffect(
    () =>
      subscribe((event) => {
        apply(event);
        if (event.type !== "conversation") {
          return;
        }
        // Who owns it and what may be done stand in the page, which the server draws.
        if (!isReadingOnly(known.current, event.conversation)) {
          router.refresh();
        }
        known.current = event.conversation;
      }),
    [subscribe, router],
  );
  useEffect(() => {
    for (const message of messages) {
      apply({ type: "message", message });
    }
    for (const proposal of proposals) {
      apply({ type: "proposal", proposal });
    }
    apply({ type: "conversation", conversation });
  }, [messages, proposals, conversation]);
  useReconnect(state.stale, restored, reconnect);
  useReading(conversation.id, state, markRead);
  return state;
}

/**
 * Nothing but that somebody has read: what the page draws stays as it is. While the customer waits nobody can tell: why
 * they do is on the page and not in the event, and may have been said in the same moment.
 */
function isReadingOnly(before: ConversationView, now: ConversationView): boolean {
  const read = before.people.seenSeq !== now.people.seenSeq || before.unread !== now.unread;
  return read && now.status !== "waiting" && drawnOf(before) === drawnOf(now);
}

/** What the page draws of an event's conversation. */
function drawnOf({ status, owner, generation, lastSeq, title, people }: ConversationView): string {
  return JSON.stringify([status, owner, generation, lastSeq, title, people.address]);
}

function start({ conversation, messages, proposals }: StaffConversation): ChatState {
  return { ...emptyChat, conversation, messages, proposals, generation: conversation.generation };
}

/** The stream is opened anew when a piece of it is missing, and when this reader may see more or less than before. */
function useReconnect(stale: boolean, restored: boolean, reconnect: () => void): void {
  const before = useRef(restored);
  useEffect(() => {
    if (stale || before.current !== restored) {
      before.current = restored;
      reconnect();
    }
  }, [stale, restored, reconnect]);
}

/** What was on a visible screen counts as read. */
function useReading(
  conversationId: string,
  { messages }: ChatState,
  markRead: Act<{ conversationId: string; seq: number }>,
): void {
  const seq = messages.findLast(({ role }) => role === "customer")?.seq ?? 0;
  const told = useRef(0);
  useEffect(() => {
    const read = () => {
      if (seq > told.current && document.visibilityState === "visible") {
        told.current = seq;
        void markRead({ conversationId, seq });
      }
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [conversationId, seq, markRead]);
}
