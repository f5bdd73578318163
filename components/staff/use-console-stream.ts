"use client";

import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { ConsoleEvent } from "@/lib/conversation/schema";

export type Connection = "connecting" | "live" | "lost";

const RETRY_MS = [1000, 2000, 5000, 10_000];
/** The server speaks every 15 seconds; after three silent beats the line is dead, whatever the browser thinks. */
const SILENCE_MS = 50_000;

/**
 * Reads `/api/desk/stream` and comes back by itself when the line breaks, also where the browser's EventSource gives
 * up for good (an answer that is not a stream: the server restarts, the session is over).
 */
export function useConsoleStream(
  open: string | null,
  onEvent: (event: ConsoleEvent) => void,
): { connection: Connection; reconnect: () => void } {
  const [connection, setConnection] = useState<Connection>("connecting");
  const [attempt, setAttempt] = useState(0);
  const hear = useEffectEvent(onEvent);
  const reconnect = useCallback(() => setAttempt((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what asks for a new connection.
  useEffect(() => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;
    const again = () => {
      source?.close();
      setConnection("lost");
      clearTimeout(timer);
      timer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(again, SILENCE_MS);
    };
    const connect = () => {
      source = new EventSource(address(open));
      alive();
      source.onopen = () => {
        failures = 0;
        setConnection("live");
        alive();
      };
      source.onmessage = ({ data }) => {
        alive();
        const event = ConsoleEvent.safeParse(read(data));
        if (event.success) {
          hear(event.data);
        }
      };
      source.onerror = again;
    };
    connect();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [open, attempt]);
  return { connection, reconnect };
}

function address(open: string | null): string {
  return open ? `/api/desk/stream?open=${encodeURIComponent(open)}` : "/api/desk/stream";
}

function read(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
