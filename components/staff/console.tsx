"use client";

import { useParams, usePathname, useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { LiveTitle } from "@/components/shell/live-title";
import type { ConsoleEvent, InboxCounts, StreamEvent } from "@/lib/conversation/schema";
import { useCalls } from "./use-calls";
import { type Connection, useConsoleStream } from "./use-console-stream";

type Listener = (event: StreamEvent) => void;

type Console = {
  counts: InboxCounts;
  connection: Connection;
  /** Hears the events of the open conversation. */
  subscribe: (listener: Listener) => () => void;
  /** Connects anew: a piece of the stream is missing. */
  reconnect: () => void;
};

const ConsoleContext = createContext<Console | null>(null);

/** The live side of the desk: one stream for the whole console, which carries counts, the inbox and the open conversation. */
export function useConsole(): Console {
  const held = useContext(ConsoleContext);
  if (!held) {
    throw new Error("useConsole stands outside ConsoleProvider");
  }
  return held;
}

const REFRESH_AT_MOST_EVERY_MS = 1500;

type ConsoleProviderProps = { counts: InboxCounts; children: ReactNode };

/** Holds the console's one stream open, whichever page of the desk is shown. */
export function ConsoleProvider({ counts: atFirst, children }: ConsoleProviderProps) {
  const [counts, setCounts] = useState(atFirst);
  const listeners = useRef(new Set<Listener>());
  const { conversationId } = useParams();
  const openId = typeof conversationId === "string" ? conversationId : null;
  const call = useCalls(openId);
  const refreshInbox = useRefreshedInbox();

  const onEvent = useCallback(
    (event: ConsoleEvent) => {
      if (event.type === "counts") {
        setCounts(event.counts);
      } else if (event.type === "inbox") {
        refreshInbox();
      } else if (event.type === "calls") {
        call(event.calls);
      } else if (event.type === "open") {
        for (const listener of listeners.current) {
          listener(event.event);
        }
      }
    },
    [refreshInbox, call],
  );
  const { connection, reconnect } = useConsoleStream(openId, onEvent);
  const subscribe = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  const value = useMemo(
    () => ({ counts, connection, subscribe, reconnect }),
    [counts, connection, subscribe, reconnect],
  );
  return (
    <ConsoleContext value={value}>
      <LiveTitle waiting={counts.waiting} />
      {children}
    </ConsoleContext>
  );
}

/** Reloads the rows on screen, but not for every letter that arrives somewhere. */
function useRefreshedInbox(): () => void {
  const router = useRouter();
  const shown = usePathname() === "/desk";
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (!shown || timer.current !== undefined) {
      return;
    }
    timer.current = setTimeout(() => {
      timer.current = undefined;
      router.refresh();
    }, REFRESH_AT_MOST_EVERY_MS);
  }, [router, shown]);
}
