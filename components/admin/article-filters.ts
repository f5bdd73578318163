import type { NavTab } from "@/components/ui/nav-tabs";
import { type ArticleRow, ArticleState } from "@/lib/knowledge/schema";

export const stateNames: Record<ArticleState, string> = {
  draft: "Drafts",
  published: "Published",
  archived: "Archived",
};

/** The tabs over the list and the rows of the chosen one; an unknown state shows all. */
export function articleFilters(
  articles: readonly ArticleRow[],
  asked: string | undefined,
): { tabs: NavTab[]; shown: ArticleRow[] } {
  const chosen = ArticleState.safeParse(asked).data;
  const of = (state: ArticleState) => articles.filter((article) => article.state === state);
  const tabs = ArticleState.options.map((state) => ({
    href: `/admin/articles?state=${state}`,
    label: stateNames[state],
    count: of(state).length,
    current: chosen === state,
  }));
  const all = {
    href: "/admin/articles",
    label: "All",
    count: articles.length,
    current: chosen === undefined,
  };
  return { tabs: [all, ...tabs], shown: chosen ? of(chosen) : [...articles] };
}
