import type { Source } from "@/lib/conversation/schema";
import type { PassageHit } from "@/lib/knowledge/schema";
import { articleHref } from "@/lib/knowledge/schema";

/** The help pages that this turn's searches found, under the numbers by which the model cites them. */
export type SourceBook = {
  /** The number of an article; the same article keeps its number in later searches of the turn. */
  cite(hit: Pick<PassageHit, "articleId" | "slug" | "title" | "version" | "ordinal">): number;
  /** The answer with its citations counted from 1 in order of appearance, and exactly the sources that it uses. */
  settle(text: string): { text: string; sources: Source[] };
};

const CITATION = /\s?\[(\d{1,2})\]/g;

export function openSourceBook(): SourceBook {
  const pages: Source[] = [];
  return {
    cite({ articleId, slug, title, version, ordinal }) {
      const known = pages.findIndex((page) => page.id === articleId);
      if (known !== -1) {
        addPassage(pages[known], version, ordinal);
        return known + 1;
      }
      const cited = { version, ordinals: [ordinal] };
      return pages.push({ kind: "article", id: articleId, title, href: articleHref(slug), cited });
    },
    settle(text) {
      const used: Source[] = [];
      const settled = text.replaceAll(CITATION, (whole, digits: string) => {
        const page = pages[Number(digits) - 1];
        if (!page) {
          // A number that no search gave is an invention; it must not look like a source.
          return "";
        }
        const at = used.includes(page) ? used.indexOf(page) : used.push(page) - 1;
        return whole.replace(/\d+/, String(at + 1));
      });
      return { text: settled, sources: used };
    },
  };
}

const PASSAGES_MAX = 5;

/** A later search of the turn may find another passage of the same article; published anew meanwhile, it stays as it was. */
function addPassage(page: Source | undefined, version: number, ordinal: number): void {
  const cited = page?.cited;
  if (
    cited?.version === version &&
    !cited.ordinals.includes(ordinal) &&
    cited.ordinals.length < PASSAGES_MAX
  ) {
    cited.ordinals.push(ordinal);
  }
}
