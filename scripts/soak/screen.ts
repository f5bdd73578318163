import { setTimeout as pause } from "node:timers/promises";
import {
  applyEvent,
  type ChatState,
  emptyChat,
  type MessageView,
  type StreamEvent,
} from "@/lib/conversation/schema";
import { readStream } from "@/scripts/load/follow";
import type { Person } from "@/scripts/load/person";

const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 5_000;

/** A conversation as one browser shows it: the product's own reducer over its stream, opened again whenever it ends. */
export type Shown = {
  conversationId: string;
  state(): ChatState;
  /** What the page adds by itself: the message that was just acknowledged. */
  tell(event: StreamEvent): void;
  reconnects(): number;
  close(): void;
};

export function show(person: Person, conversationId: string): Shown {
  const closed = new AbortController();
  let state = emptyChat;
  let reconnects = -1;
  let waitMs = FIRST_RETRY_MS;
  let broken = new AbortController();
  const tell = (event: StreamEvent) => {
    state = applyEvent(state, event);
    if (state.stale) {
      broken.abort();
    }
  };
  const follow = async () => {
    while (!closed.signal.aborted) {
      reconnects += 1;
      broken = new AbortController();
      const after = state.messages.at(-1)?.seq ?? 0;
      const onEvent = (event: StreamEvent) => {
        waitMs = FIRST_RETRY_MS;
        tell(event);
      };
      const signal = AbortSignal.any([closed.signal, broken.signal]);
      await readStream(person, { conversationId, after }, onEvent, { signal });
      if (!broken.signal.aborted) {
        await pause(waitMs);
        waitMs = Math.min(waitMs * 2, LAST_RETRY_MS);
      }
    }
  };
  void follow();
  return {
    conversationId,
    state: () => state,
    tell,
    reconnects: () => Math.max(0, reconnects),
    close: () => closed.abort(),
  };
}

/** What a browser that comes now is shown: everything that is stored, in the form this person may see. Null: no answer. */
export async function readStored(
  person: Person,
  conversationId: string,
): Promise<MessageView[] | null> {
  const enough = new AbortController();
  let messages: MessageView[] | null = null;
  const late = setTimeout(() => enough.abort(), 5_000);
  await readStream(
    person,
    { conversationId, after: 0 },
    (event) => {
      if (event.type === "snapshot") {
        messages ??= event.messages;
        enough.abort();
      }
    },
    { signal: enough.signal },
  );
  clearTimeout(late);
  return messages;
}
