/** A message on its way: it keeps its id over every retry, so that however often it is sent it is stored once. */
export type Outgoing = {
  id: string;
  text: string;
  state: "sending" | "failed";
  /** Why it was not sent, in the words of the refusal. */
  reason: string | null;
};

export type OutboxChange =
  | { type: "send"; id: string; text: string }
  | { type: "retry"; id: string }
  | { type: "failed"; id: string; reason: string }
  | { type: "sent"; id: string }
  | { type: "restored"; outgoing: Outgoing[] };

/** The messages on their way after one change; pure. */
export function changeOutbox(outbox: Outgoing[], change: OutboxChange): Outgoing[] {
  switch (change.type) {
    case "send":
      return outbox.some(({ id }) => id === change.id)
        ? outbox
        : [...outbox, { id: change.id, text: change.text, state: "sending", reason: null }];
    case "retry":
      return outbox.map((each) =>
        each.id === change.id ? { ...each, state: "sending", reason: null } : each,
      );
    case "failed":
      return outbox.map((each) =>
        each.id === change.id ? { ...each, state: "failed", reason: change.reason } : each,
      );
    case "sent":
      return outbox.filter(({ id }) => id !== change.id);
    case "restored":
      return [...change.outgoing, ...outbox];
  }
}

const RELOADED = "The page was reloaded before we heard whether this arrived.";

/**
 * Drafts and unsent messages live in the tab's own session storage: they survive a reload, nothing is written before
 * the person does something, and closing the tab or signing out leaves nothing readable.
 */
export const drafts = {
  /** The id of a conversation that was begun in this tab and is not stored yet. */
  readBegun: (): string | null => get("begun"),
  writeBegun: (conversation: string | null): boolean => put("begun", conversation ?? ""),
  read: (conversation: string): string => get(`draft:${conversation}`) ?? "",
  write: (conversation: string, text: string): boolean => put(`draft:${conversation}`, text),
  readUnsent: (conversation: string): Outgoing[] => {
    const stored: unknown = JSON.parse(get(`unsent:${conversation}`) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isStored).map(unsent) : [];
  },
  writeUnsent: (conversation: string, outbox: Outgoing[]): boolean =>
    put(
      `unsent:${conversation}`,
      outbox.length === 0 ? "" : JSON.stringify(outbox.map(({ id, text }) => ({ id, text }))),
    ),
};

type Stored = { id: string; text: string };

function isStored(value: unknown): value is Stored {
  const given = value as Partial<Stored> | null;
  return typeof given?.id === "string" && typeof given.text === "string";
}

function unsent({ id, text }: Stored): Outgoing {
  return { id, text, state: "failed", reason: RELOADED };
}

// A browser may refuse storage altogether, or be full; then a draft lives as long as its page.
function get(key: string): string | null {
  try {
    return globalThis.sessionStorage.getItem(`recollect:${key}`);
  } catch {
    return null;
  }
}

/** False when the browser did not keep it. */
function put(key: string, value: string): boolean {
  try {
    if (value === "") {
      globalThis.sessionStorage.removeItem(`recollect:${key}`);
    } else {
      globalThis.sessionStorage.setItem(`recollect:${key}`, value);
    }
    return true;
  } catch {
    return false;
  }
}
