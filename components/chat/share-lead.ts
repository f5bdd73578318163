type Reader = { reconnect: () => void; close: () => void };

export type LeadPace = { silenceMs: number; lookMs: number };

/** The leader passes on the server's beat of every 15 seconds; after two of them unheard, nobody leads any more. */
const PACE: LeadPace = { silenceMs: 45_000, lookMs: 5_000 };

/** One tab's part in leading all tabs of this browser. */
export type Share = {
  /** What this tab reads while it leads. */
  leading: () => Reader | null;
  /** The leading tab spoke. */
  heard: () => void;
  /** Asks to lead, also after it had resigned. */
  stand: () => void;
  leave: () => void;
};

/**
 * Lets one tab of a browser lead at a time: whoever holds the lock `name`. The others wait for it, in the order they
 * came. `lead` begins to read and is told how to resign.
 *
 * A phone freezes a tab with its lock in its hand: a visible tab that has heard nothing for 45 s takes it away, and the
 * frozen one finds that out when it wakes.
 */
export function shareLead(
  name: string,
  lead: (resign: () => void) => Reader,
  { silenceMs, lookMs }: LeadPace = PACE,
): Share {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  let reader: Reader | null = null;
  let waiting: AbortController | null = null;
  let heardAt = Date.now();
  let left = false;

  const stop = () => {
    reader?.close();
    reader = null;
  };
  const begin = () =>
    new Promise<void>((resolve) => {
      const resign = () => {
        stop();
        resolve();
      };
      waiting = null;
      reader = lead(resign);
      onLeave.addEventListener("abort", resign, { once: true });
    });
  const leaving = new AbortController();
  const onLeave = leaving.signal;

  const ask = (steal: boolean) => {
    if (left || reader || (waiting && !steal)) {
      return;
    }
    if (!locks) {
      void begin();
      return;
    }
    waiting?.abort();
    const mine = new AbortController();
    waiting = mine;
    // A lock that is taken away cannot be waited for as well.
    locks.request(name, steal ? { steal } : { signal: mine.signal }, begin).catch(() => {
      // Left while waiting, or somebody took the lock from a frozen tab: this one waits its turn again.
      if (!mine.signal.aborted && !left) {
        stop();
        ask(false);
      }
    });
  };

  const look = setInterval(() => {
    const silent = Date.now() - heardAt > silenceMs;
    if (locks && waiting && silent && globalThis.document?.visibilityState !== "hidden") {
      heardAt = Date.now();
      ask(true);
    }
  }, lookMs);
  ask(false);
  return {
    leading: () => reader,
    heard: () => {
      heardAt = Date.now();
    },
    stand: () => ask(false),
    leave: () => {
      left = true;
      clearInterval(look);
      waiting?.abort();
      leaving.abort();
    },
  };
}
