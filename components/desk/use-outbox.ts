"use client";

import { useEffect, useReducer, useRef } from "react";
import { v7 } from "uuid";
import { changeOutbox, drafts, type Outgoing } from "@/components/chat/outbox";
import type { Result } from "@/lib/result";

export type Outbox = {
  outgoing: Outgoing[];
  send: (text: string) => void;
  retry: (id: string) => void;
};

/**
 * What a lead writes, on its way: it keeps its id over every retry and over a reload, so that it is stored once.
 */
export function useOutbox(
  name: string,
  put: (message: { id: string; text: string }) => Promise<Result<unknown>>,
): Outbox {
  const [outgoing, change] = useReducer(changeOutbox, []);
  const restored = useRef(false);
  useEffect(() => {
    change({ type: "restored", outgoing: drafts.readUnsent(name) });
    restored.current = true;
  }, [name]);
  useEffect(() => {
    if (restored.current) {
      drafts.writeUnsent(name, outgoing);
    }
  }, [name, outgoing]);

  const deliver = async (id: string, text: string) => {
    try {
      const result = await put({ id, text });
      change(result.ok ? { type: "sent", id } : { type: "failed", id, reason: result.message });
    } catch {
      // The action never arrived: no network, or the server is restarting.
      change({ type: "failed", id, reason: "We could not reach the server." });
    }
  };
  const send = (text: string) => {
    const id = v7();
    change({ type: "send", id, text });
    void deliver(id, text);
  };
  const retry = (id: string) => {
    const held = outgoing.find((each) => each.id === id);
    if (held) {
      change({ type: "retry", id });
      void deliver(id, held.text);
    }
  };
  return { outgoing, send, retry };
}
