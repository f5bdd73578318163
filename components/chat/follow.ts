import { type Connection, type Refused, readEvents } from "@/components/stream/read-events";
import { type ChatState, StreamEvent } from "@/lib/conversation/schema";
import { type LeadPace, shareLead } from "./share-lead";

export type { Connection, Refused } from "@/components/stream/read-events";

export type Follower = {
  conversationId: string;
  /** The screen as it stands: where to go on from, and what a tab that just opened is given. */
  current: () => ChatState;
  onEvent: (event: StreamEvent) => void;
  onState: (state: ChatState) => void;
  onConnection: (connection: Connection) => void;
  onRefused: (refused: Refused) => void;
  pace?: LeadPace;
};

type Whisper =
  | { kind: "hello" }
  | { kind: "reconnect" }
  | { kind: "event"; event: StreamEvent }
  | { kind: "state"; state: ChatState; connection: Connection };

/**
 * Follows a conversation's event stream, one stream for all tabs of this browser.
 *
 * The tab that leads reads the stream and tells the others; when it closes, or is frozen and so says nothing any more,
 * another one leads. Where a browser has no locks, every tab reads for itself. A tab that is refused stops asking and
 * lets the next one try, which may be signed in by now; what that one hears, the refused one shows again.
 */
export function follow(follower: Follower): { reconnect: () => void; leave: () => void } {
  const name = `recollect:${follower.conversationId}`;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  const say = (whisper: Whisper) => channel?.postMessage(whisper);
  let connection: Connection = "connecting";

  const tellWhole = () => say({ kind: "state", state: follower.current(), connection });
  const lead = (resign: () => void) =>
    readEvents({
      address: () => addressOf(follower),
      onData: (data) => {
        const event = StreamEvent.safeParse(data);
        if (event.success) {
          follower.onEvent(event.data);
          say({ kind: "event", event: event.data });
        }
      },
      onConnection: (next) => {
        follower.onConnection(next);
        if (next !== connection) {
          connection = next;
          tellWhole();
        }
      },
      onRefused: (refused) => {
        resign();
        follower.onRefused(refused);
      },
    });
  const shared = shareLead(name, lead, follower.pace);

  channel?.addEventListener("message", ({ data }: MessageEvent<Whisper>) => {
    const leading = shared.leading();
    if (leading) {
      if (data.kind === "hello") {
        tellWhole();
      } else if (data.kind === "reconnect") {
        leading.reconnect();
      }
      return;
    }
    shared.heard();
    if (data.kind === "event") {
      follower.onEvent(data.event);
    } else if (data.kind === "state") {
      follower.onState(data.state);
      follower.onConnection(data.connection);
    }
  });
  say({ kind: "hello" });
  return {
    reconnect: () => {
      const leading = shared.leading();
      if (leading) {
        leading.reconnect();
        return;
      }
      shared.stand();
      say({ kind: "reconnect" });
    },
    leave: () => {
      shared.leave();
      channel?.close();
    },
  };
}

function addressOf({ conversationId, current }: Follower): string {
  return `/api/stream/${conversationId}?after=${current().messages.at(-1)?.seq ?? 0}`;
}
