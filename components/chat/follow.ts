import { type ChatState, StreamEvent } from "@/lib/conversation/schema";

/** live: what is shown is current. connecting: not yet. lost: the stream broke, and is being opened again. */
export type Connection = "connecting" | "live" | "lost";

export type Follower = {
  conversationId: string;
  /** The screen as it stands: where to go on from, and what a tab that just opened is given. */
  current: () => ChatState;
  onEvent: (event: StreamEvent) => void;
  onState: (state: ChatState) => void;
  onConnection: (connection: Connection) => void;
};

type Whisper =
  | { kind: "hello" }
  | { kind: "event"; event: StreamEvent }
  | { kind: "state"; state: ChatState; connection: Connection };

type Leadership = { connection: Connection; reconnect: () => void };

const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 5_000;

/**
 * Follows a conversation's event stream, one stream for all tabs of this browser.
 *
 * The tab that holds the lock reads the stream and tells the others; when it closes, the next one takes over. Where a
 * browser has no locks, every tab reads for itself. Returns how to reconnect and how to leave.
 */
export function follow(follower: Follower): { reconnect: () => void; leave: () => void } {
  const ended = new AbortController();
  const name = `recollect:${follower.conversationId}`;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  let leading: Leadership | null = null;
  const say = (whisper: Whisper) => channel?.postMessage(whisper);

  const lead = () =>
    new Promise<void>((resolve) => {
      const stream = readStream({
        ...follower,
        onEvent: (event) => {
          follower.onEvent(event);
          say({ kind: "event", event });
        },
        onConnection: (connection) => {
          leading = { connection, reconnect: stream.reconnect };
          follower.onConnection(connection);
          say({ kind: "state", state: follower.current(), connection });
        },
      });
      leading = { connection: "connecting", reconnect: stream.reconnect };
      ended.signal.addEventListener("abort", () => {
        stream.close();
        resolve();
      });
    });

  channel?.addEventListener("message", ({ data }: MessageEvent<Whisper>) => {
    if (data.kind === "hello" && leading) {
      say({ kind: "state", state: follower.current(), connection: leading.connection });
    } else if (data.kind === "event" && !leading) {
      follower.onEvent(data.event);
    } else if (data.kind === "state" && !leading) {
      follower.onState(data.state);
      follower.onConnection(data.connection);
    }
  });
  say({ kind: "hello" });
  takeLead(name, ended.signal, lead);
  return {
    reconnect: () => leading?.reconnect(),
    leave: () => {
      ended.abort();
      channel?.close();
    },
  };
}

function takeLead(name: string, signal: AbortSignal, lead: () => Promise<void>): void {
  if (typeof navigator === "undefined" || !("locks" in navigator)) {
    void lead();
    return;
  }
  navigator.locks.request(name, { signal }, lead).catch((error: unknown) => {
    // Leaving while still waiting for the lock ends the wait with an AbortError; anything else is real.
    if (!signal.aborted) {
      throw error;
    }
  });
}

/** Reads the stream and opens it again when it breaks, from the last message that is on the screen. */
function readStream(follower: Follower): { reconnect: () => void; close: () => void } {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_RETRY_MS;

  const open = () => {
    source?.close();
    clearTimeout(timer);
    const after = follower.current().messages.at(-1)?.seq ?? 0;
    source = new EventSource(`/api/stream/${follower.conversationId}?after=${after}`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = StreamEvent.safeParse(JSON.parse(data));
      if (event.success) {
        waitMs = FIRST_RETRY_MS;
        follower.onConnection("live");
        follower.onEvent(event.data);
      }
    };
    source.onerror = () => {
      source?.close();
      follower.onConnection("lost");
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LAST_RETRY_MS);
    };
  };
  const lose = () => follower.onConnection("lost");
  globalThis.addEventListener("online", open);
  globalThis.addEventListener("offline", lose);
  open();
  return {
    reconnect: open,
    close: () => {
      globalThis.removeEventListener("online", open);
      globalThis.removeEventListener("offline", lose);
      clearTimeout(timer);
      source?.close();
    },
  };
}
