import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { ArticleCategory, articleHref, type PublicArticle } from "@/lib/knowledge/schema";

/** Every help page, under the headings that customers look for. Categories without a page are not shown. */
export function ArticleList({ articles }: { articles: readonly PublicArticle[] }) {
  const known: readonly string[] = ArticleCategory.options;
  const others = articles.map(({ category }) => category).filter((name) => !known.includes(name));
  const categories = [...new Set([...known, ...others])].flatMap((name) => {
    const inside = articles.filter(({ category }) => category === name);
    return inside.length > 0 ? [{ name, articles: inside }] : [];
  });
  return (
    <div className="grid gap-x-10 gap-y-10 sm:grid-cols-2">
      {categories.map((category) => (
        <section key={category.name}>
          <h2 className="border-line border-b pb-2 text-base">{category.name}</h2>
          <ul>
            {category.articles.map(({ slug, title }) => (
              <li key={slug} className="border-line border-b">
                <Link
                  href={articleHref(slug)}
                  className="group flex min-h-11 items-center gap-3 py-2 text-sm hover:text-accent-ink"
                >
                  <span className="grow">{title}</span>
                  <ChevronRight
                    aria-hidden
                    className="size-4 shrink-0 text-muted transition-transform group-hover:translate-x-0.5"
                  />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
