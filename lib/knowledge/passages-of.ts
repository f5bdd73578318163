import type { Passage } from "./article-index";
import { splitPassages } from "./split-passages";

type Whole = Pick<Passage, "slug" | "title"> & { id: string; body: string } & Partial<
    Pick<Passage, "version" | "category" | "locale" | "audience">
  >;

/** An article cut into what is searched and cited. */
export function passagesOf({ id, slug, title, body, ...rest }: Whole): Passage[] {
  const about = {
    articleId: id,
    slug,
    title,
    version: rest.version ?? 1,
    category: rest.category ?? "",
    locale: rest.locale ?? "en",
    audience: rest.audience ?? ("public" as const),
  };
  return splitPassages(title, body).map((passage, ordinal) => ({ ...about, ordinal, ...passage }));
}
