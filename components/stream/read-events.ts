import { splitEvents } from "./split-events";

/**
 * live: what is shown is current. connecting: not yet. lost: the stream broke, and is being opened again. ended: the
 * server refused, and is not asked again.
 */
export type Connection = "connecting" | "live" | "lost" | "ended";

/** Why a stream was refused for good: what the server said, and what to do about it in its words. */
export type Refused = { code: string; message: string };

type Reading = {
  /** Asked anew for each connection, so that it can say where the reader is. */
  address: () => string;
  onData: (data: unknown) => void;
  onConnection: (connection: Connection) => void;
  onRefused?: (refused: Refused) => void;
  pace?: Pace;
};

type Pace = { firstRetryMs: number; lastRetryMs: number; silenceMs: number };

/** The server speaks every 15 seconds; after two silent beats the line is dead, whatever the browser thinks. */
const PACE: Pace = { firstRetryMs: 400, lastRetryMs: 5_000, silenceMs: 40_000 };

export type Reader = { reconnect: () => void; close: () => void };

/**
 * Reads a stream of events and opens it again when it breaks or falls silent. Where the server refuses (no session,
 * nothing there), it stops asking and says why: by itself nothing would change. EventSource tells neither apart.
 */
export function readEvents(reading: Reading): Reader {
  const { firstRetryMs, lastRetryMs, silenceMs } = reading.pace ?? PACE;
  let waitMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current = new AbortController();

  const hear = (data: unknown) => {
    waitMs = firstRetryMs;
    reading.onConnection("live");
    reading.onData(data);
  };
  const open = () => {
    current.abort();
    clearTimeout(timer);
    current = new AbortController();
    const { signal } = current;
    void readOnce(reading.address(), signal, silenceMs, hear).then((refused) => {
      if (signal.aborted) {
        return;
      }
      if (refused) {
        reading.onConnection("ended");
        reading.onRefused?.(refused);
        return;
      }
      reading.onConnection("lost");
      // Everybody whom one server loses comes back to the others: not all in one moment.
      timer = setTimeout(open, waitMs * (0.5 + Math.random() / 2));
      waitMs = Math.min(waitMs * 2, lastRetryMs);
    });
  };
  // A line that the browser calls dead may still hand over what was under way: that must not look like being back.
  const lose = () => {
    current.abort();
    clearTimeout(timer);
    timer = setTimeout(open, lastRetryMs);
    reading.onConnection("lost");
  };
  globalThis.addEventListener?.("online", open);
  globalThis.addEventListener?.("offline", lose);
  open();
  return {
    reconnect: open,
    close: () => {
      globalThis.removeEventListener?.("online", open);
      globalThis.removeEventListener?.("offline", lose);
      clearTimeout(timer);
      current.abort();
    },
  };
}

/** One connection, to its end: the refusal that it met, or null when it broke or came to its end. */
async function readOnce(
  address: string,
  left: AbortSignal,
  silenceMs: number,
  hear: (data: unknown) => void,
): Promise<Refused | null> {
  const silent = new AbortController();
  let watchdog = setTimeout(() => silent.abort(), silenceMs);
  try {
    const signal = AbortSignal.any([left, silent.signal]);
    const headers = { Accept: "text/event-stream" };
    const response = await fetch(address, { headers, cache: "no-store", signal });
    if (!response.ok) {
      return await refusalOf(response);
    }
    const split = splitEvents();
    for (const reader = response.body?.getReader(); reader; ) {
      const { done, value } = await reader.read();
      if (done || left.aborted) {
        return null;
      }
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silent.abort(), silenceMs);
      for (const data of split(value)) {
        hear(JSON.parse(data));
      }
    }
    return null;
  } catch {
    // Out of reach, cut off, or not ours (a proxy's page): all of that is tried again.
    return null;
  } finally {
    clearTimeout(watchdog);
    silent.abort();
  }
}

/** What asking again would not change. Too many, too early and everything of the server's own passes by itself. */
async function refusalOf(response: Response): Promise<Refused | null> {
  if (
    response.status < 400 ||
    response.status >= 500 ||
    [408, 425, 429].includes(response.status)
  ) {
    return null;
  }
  const body: unknown = await response.json().catch(() => null);
  const said = typeof body === "object" && body !== null ? body : {};
  const code = "code" in said ? String(said.code) : "";
  const message = "message" in said ? String(said.message) : "";
  return code ? { code, message } : null;
}
