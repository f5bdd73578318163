"use client";

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { type Connection, type Reader, readEvents } from "@/components/stream/read-events";
import { ConsoleEvent } from "@/lib/conversation/schema";

export type { Connection } from "@/components/stream/read-events";

/**
 * Reads `/api/desk/stream`, with the conversation that is open in it, and comes back by itself when the line breaks.
 * A server that refuses (the session is over, the lead was deactivated) is not asked again.
 */
export function useConsoleStream(
  open: string | null,
  onEvent: (event: ConsoleEvent) => void,
): { connection: Connection; reconnect: () => void } {
  const [connection, setConnection] = useState<Connection>("connecting");
  const reader = useRef<Reader>(null);
  const hear = useEffectEvent((data: unknown) => {
    const event = ConsoleEvent.safeParse(data);
    if (event.success) {
      onEvent(event.data);
    }
  });
  useEffect(() => {
    const held = readEvents({
      address: () => addressOf(open),
      onData: (data) => hear(data),
      onConnection: setConnection,
    });
    reader.current = held;
    return held.close;
  }, [open]);
  return { connection, reconnect: useCallback(() => reader.current?.reconnect(), []) };
}

function addressOf(open: string | null): string {
  return open ? `/api/desk/stream?open=${encodeURIComponent(open)}` : "/api/desk/stream";
}
