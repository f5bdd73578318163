import type { ArticleAudience, CitedPassages } from "./schema";
import { splitPassages } from "./split-passages";
import { readShownVersion } from "./store-passage";

type Cited = { articleId: string; version: number; ordinals: readonly number[] };

/**
 * The passages that an answer rests on, as they were when it was given; null when this reader may not see them (any
 * more), or the article was taken away. What was never published is nobody's to open.
 */
export async function findCited(
  { articleId, version, ordinals }: Cited,
  reader: ArticleAudience,
): Promise<CitedPassages | null> {
  const shown = await readShownVersion(articleId, version, reader);
  if (!shown) {
    return null;
  }
  const { title, slug, body, isCurrent } = shown;
  const all = splitPassages(title, body);
  const passages = ordinals.flatMap((ordinal) => all[ordinal] ?? []);
  return passages.length > 0 ? { title, slug, isCurrent, passages } : null;
}
