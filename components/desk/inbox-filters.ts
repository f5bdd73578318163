import type { NavTab } from "@/components/ui/nav-tabs";
import { type InboxCounts, InboxFilter } from "@/lib/conversation/schema";

type Shown = { label: string; empty: string };

/** In the order of the tabs. `empty` says what it means that nothing is there, and what to do. */
const filters: Record<InboxFilter, Shown> = {
  waiting: {
    label: "Waiting",
    empty: "Nobody waits for a person. New requests appear here by themselves.",
  },
  mine: {
    label: "Mine",
    empty: "You own no conversation. Open one that waits and take it over.",
  },
  unassigned: {
    label: "Unassigned",
    empty: "Every conversation that needs a person has one.",
  },
  open: { label: "Open", empty: "The AI is in no conversation right now." },
  with_person: { label: "With a person", empty: "No colleague is in a conversation right now." },
  solved: { label: "Solved", empty: "Nothing is solved yet. Mark a conversation as solved in it." },
  thumbs_down: {
    label: "Thumbs down",
    empty: "No answer was rated down. When one is, read it here to see what went wrong.",
  },
  unreviewed: {
    label: "To review",
    empty: "Every summary was reviewed. New ones appear here.",
  },
  all: {
    label: "All",
    empty: "No customer has written yet. Open the chat and ask something yourself to see it here.",
  },
};

const order: InboxFilter[] = [
  "all",
  "waiting",
  "mine",
  "unassigned",
  "open",
  "with_person",
  "solved",
  "thumbs_down",
  "unreviewed",
];

/** The filter an address asks for; anything unknown shows all. */
export function readFilter(asked: string | undefined): InboxFilter {
  return InboxFilter.safeParse(asked).data ?? "all";
}

/** The address of a filter's page. */
export function inboxHref(filter: InboxFilter, cursor?: string): string {
  const query = new URLSearchParams({
    ...(filter === "all" ? {} : { filter }),
    ...(cursor ? { after: cursor } : {}),
  }).toString();
  return query ? `/desk?${query}` : "/desk";
}

/** The tabs over the inbox, each with how many conversations it holds. */
export function inboxTabs(counts: InboxCounts, current: InboxFilter): NavTab[] {
  return order.map((filter) => ({
    href: inboxHref(filter),
    label: filters[filter].label,
    count: counts[filter],
    current: filter === current,
  }));
}

/** What an empty filter means. */
export function emptyText(filter: InboxFilter): string {
  return filters[filter].empty;
}
