"use client";

import { useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { ChatState } from "@/lib/conversation/schema";
import { PanelStateContext } from "./panel-state";

/** What was on a visible screen counts as read: as it comes, and when the reader comes back. */
export function useReading(state: ChatState, read: (seq: number) => void): void {
  const seq = state.messages.at(-1)?.seq ?? 0;
  const looking = useVisible() && state.conversation !== null && seq > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new message is news; `read` is a new function each time.
  useEffect(() => {
    if (looking) {
      read(seq);
    }
  }, [seq, looking]);
}

/** How many answers came in while nobody looked. */
export function useUnread({ messages, conversation }: ChatState): number {
  const panel = useContext(PanelStateContext);
  const looking = useVisible() && (panel?.open ?? true);
  const last = messages.at(-1)?.seq ?? 0;
  const [seen, setSeen] = useState(() =>
    conversation?.unread ? (messages.findLast(isOwn)?.seq ?? 0) : last,
  );
  if (looking && seen < last) {
    setSeen(last);
  }
  return looking ? 0 : messages.filter((message) => message.seq > seen && isAnswer(message)).length;
}

type Message = ChatState["messages"][number];

function isOwn({ role }: Message): boolean {
  return role === "customer";
}

function isAnswer({ role }: Message): boolean {
  return role === "assistant" || role === "staff";
}

function useVisible(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener("visibilitychange", changed);
      return () => document.removeEventListener("visibilitychange", changed);
    },
    () => document.visibilityState === "visible",
    () => true,
  );
}
