"use client";

import { type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { Contact } from "./address-form";
import { Chat, type ChatActions } from "./chat";
import { PanelStateContext } from "./panel-state";
import type { ChatStart } from "./use-chat";

type PanelChatProps = {
  start: ChatStart;
  messageId: string;
  actions: ChatActions;
  contact: Contact;
  empty: ReactNode;
  banner?: ReactNode;
};

type Mark = Parameters<ChatActions["markRead"]>[0];

/**
 * The chat inside the panel. It stays on the conversation that it began with, however often the page around it is drawn
 * anew; and what comes while the panel is closed is not read until it is opened.
 */
export function PanelChat({ start: given, messageId, actions, ...rest }: PanelChatProps) {
  const [start] = useState(given);
  const panel = useContext(PanelStateContext);
  const open = panel?.open ?? true;
  const waiting = useRef<Mark | null>(null);
  const { markRead } = actions;
  useEffect(() => {
    const mark = waiting.current;
    if (open && mark) {
      waiting.current = null;
      panel?.setUnread(false);
      void markRead(mark);
    }
  }, [open, markRead, panel]);
  const readWhenOpen = async (mark: Mark) => {
    if (open) {
      return await markRead(mark);
    }
    waiting.current = mark;
    panel?.setUnread(true);
    return { ok: true as const, data: undefined };
  };
  return (
    <Chat
      start={start}
      messageId={messageId}
      actions={{ ...actions, markRead: readWhenOpen }}
      {...rest}
    />
  );
}
