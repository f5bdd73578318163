import type { NavTab } from "@/components/ui/nav-tabs";

export type SummaryAsked = {
  words?: string | undefined;
  reviewed?: boolean | undefined;
  cursor?: string | undefined;
};

/** As many characters as a search may have; the rest is left out rather than refused. */
const WORDS_MAX = 300;

/** What the address of the summaries page asks for. */
export function readSummaryQuery(query: Record<string, string | undefined>): SummaryAsked {
  const words = query["q"]?.trim().slice(0, WORDS_MAX);
  const review = query["review"];
  return {
    words: words || undefined,
    reviewed: review === "done" ? true : review === "open" ? false : undefined,
    cursor: query["after"] || undefined,
  };
}

/** The address that asks for it. */
export function summariesHref({ words, reviewed, cursor }: SummaryAsked): string {
  const query = new URLSearchParams({
    ...(words ? { q: words } : {}),
    ...(reviewed === undefined ? {} : { review: reviewed ? "done" : "open" }),
    ...(cursor ? { after: cursor } : {}),
  }).toString();
  return query ? `/desk/summaries?${query}` : "/desk/summaries";
}

const views = [
  { label: "All", reviewed: undefined },
  { label: "To review", reviewed: false },
  { label: "Reviewed", reviewed: true },
] as const;

/** The tabs over the list; the words that are searched for stay. */
export function summaryTabs({ words, reviewed }: SummaryAsked): NavTab[] {
  return views.map((view) => ({
    href: summariesHref({ words, reviewed: view.reviewed }),
    label: view.label,
    current: view.reviewed === reviewed,
  }));
}

/** What an empty list means. */
export function summaryEmptyText({ words, reviewed }: SummaryAsked): string {
  if (words) {
    return "No summary or message holds these words. Try fewer words, or other ones for the same thing.";
  }
  return reviewed === false
    ? "Every summary was reviewed. New ones appear here."
    : "A summary is written once a customer and the AI have both said something.";
}
