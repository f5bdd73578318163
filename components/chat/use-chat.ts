"use client";

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { v7 } from "uuid";
import {
  type Accepted,
  applyEvent,
  type ChatState,
  type ConversationView,
  emptyChat,
  type MessageView,
  type ProposalView,
  type StreamEvent,
} from "@/lib/conversation/schema";
import type { Result } from "@/lib/result";
import { type Connection, follow, type Refused } from "./follow";
import { changeOutbox, drafts, type Outgoing } from "./outbox";

export type Send = (message: {
  id: string;
  conversationId: string;
  text: string;
}) => Promise<Result<Accepted>>;

export type ChatStart = {
  conversationId: string;
  /** Null until the first message makes the conversation. */
  conversation: ConversationView | null;
  messages: MessageView[];
  proposals: ProposalView[];
  /** False while people answer and not the AI. */
  answersOn: boolean;
};

export type Chat = {
  state: ChatState;
  outbox: Outgoing[];
  connection: Connection;
  /** The code of the last refusal that needs more than a retry: sign in, or agree again. */
  blocked: "session_missing" | "consent_missing" | null;
  /** Why this conversation is followed no more, where it is not the session. */
  ended: Refused | null;
  send: (text: string) => void;
  retry: (id: string) => void;
  reconnect: () => void;
};

type Change = { type: "event"; event: StreamEvent } | { type: "state"; state: ChatState };

function change(state: ChatState, given: Change): ChatState {
  return given.type === "event" ? applyEvent(state, given.event) : given.state;
}

const NO_ANSWER = "This did not reach us. Check your connection, then retry.";

/** A conversation on a screen: what is stored, what is being written, and what is still on its way out. */
export function useChat(start: ChatStart, sendMessage: Send): Chat {
  const { conversationId } = start;
  const [state, tell] = useReducer(change, start, beginWith);
  const [outbox, changeOut] = useReducer(changeOutbox, []);
  const [connection, setConnection] = useState<Connection>("connecting");
  const [blocked, setBlocked] = useState<Chat["blocked"]>(null);
  const [exists, setExists] = useState(start.conversation !== null);
  const [ended, setEnded] = useState<Refused | null>(null);
  const hearConnection = useCallback((next: Connection) => {
    setConnection(next);
    if (next === "live") {
      setEnded(null);
      setBlocked((before) => (before === "session_missing" ? null : before));
    }
  }, []);
  const hearRefused = useCallback((refused: Refused) => {
    const session = refused.code === "session_missing";
    setBlocked((before) => (session ? "session_missing" : before));
    setEnded(session ? null : refused);
  }, []);
  const reconnect = useStream({ conversationId, exists, state, tell, hearConnection, hearRefused });

  const deliver = useCallback(
    async (id: string, text: string) => {
      const result = await sendMessage({ id, conversationId, text }).catch(() => null);
      if (result?.ok) {
        tell({ type: "event", event: { type: "message", message: result.data.message } });
        changeOut({ type: "sent", id });
        setExists(true);
        setBlocked(null);
        return;
      }
      changeOut({ type: "failed", id, reason: result?.message ?? NO_ANSWER });
      if (result?.code === "session_missing" || result?.code === "consent_missing") {
        setBlocked(result.code);
      }
    },
    [conversationId, sendMessage],
  );

  useEffect(() => {
    const outgoing = drafts.readUnsent(conversationId);
    if (outgoing.length > 0) {
      changeOut({ type: "restored", outgoing });
    }
  }, [conversationId]);
  useEffect(() => {
    drafts.writeUnsent(conversationId, outbox);
  }, [conversationId, outbox]);

  const send = (text: string) => {
    const id = v7();
    changeOut({ type: "send", id, text });
    void deliver(id, text);
  };
  const retry = (id: string) => {
    const held = outbox.find((each) => each.id === id);
    if (held?.state === "failed") {
      changeOut({ type: "retry", id });
      void deliver(id, held.text);
    }
  };
  return { state, outbox, connection, blocked, ended, send, retry, reconnect };
}

function beginWith({ conversation, messages, proposals, answersOn }: ChatStart): ChatState {
  return {
    ...emptyChat,
    conversation,
    messages,
    proposals,
    answersOn,
    generation: conversation?.generation ?? 0,
  };
}

type Stream = {
  conversationId: string;
  exists: boolean;
  state: ChatState;
  tell: (given: Change) => void;
  hearConnection: (connection: Connection) => void;
  hearRefused: (refused: Refused) => void;
};

/** Keeps the stream open while the conversation is on the screen; a hole in an answer opens it anew. */
function useStream(stream: Stream): () => void {
  const { conversationId, exists, state, tell, hearConnection, hearRefused } = stream;
  const latest = useRef(state);
  const following = useRef<ReturnType<typeof follow> | null>(null);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  useEffect(() => {
    if (!exists) {
      return;
    }
    const held = follow({
      conversationId,
      current: () => latest.current,
      onEvent: (event) => tell({ type: "event", event }),
      onState: (whole) => tell({ type: "state", state: whole }),
      onConnection: hearConnection,
      onRefused: hearRefused,
    });
    following.current = held;
    return held.leave;
  }, [conversationId, exists, tell, hearConnection, hearRefused]);
  useEffect(() => {
    if (state.stale) {
      following.current?.reconnect();
    }
  }, [state.stale]);
  return useCallback(() => following.current?.reconnect(), []);
}
