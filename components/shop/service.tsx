import { PackageCheck, RotateCcw, Wrench } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { type ArticleCategory, articleHref, type PublicArticle } from "@/lib/knowledge/schema";

type Topic = { category: ArticleCategory; title: string; icon: ReactNode };

const topics: Topic[] = [
  { category: "Orders and delivery", title: "Orders", icon: <PackageCheck aria-hidden /> },
  { category: "Returns and refunds", title: "Returns", icon: <RotateCcw aria-hidden /> },
  { category: "Warranty and repairs", title: "Repairs", icon: <Wrench aria-hidden /> },
];
const LINKS_MAX = 3;
/** What is asked most, where such pages exist; the others follow by title. */
const askedMost = [
  "where-is-my-order",
  "delivery-times",
  "late-or-lost-parcel",
  "returns",
  "refunds",
];

function askedPlace({ slug }: PublicArticle): number {
  const place = askedMost.indexOf(slug);
  return place === -1 ? askedMost.length : place;
}

/** Where the answers stand that most people look for. Says nothing itself, so it cannot contradict the help pages. */
export function Service({ articles }: { articles: readonly PublicArticle[] }) {
  const shown = topics.flatMap((topic) => {
    const found = articles
      .filter(({ category }) => category === topic.category)
      .sort((a, b) => askedPlace(a) - askedPlace(b));
    return found.length > 0 ? [{ ...topic, articles: found.slice(0, LINKS_MAX) }] : [];
  });
  if (shown.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="service" className="border-line border-t bg-surface">
      <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="service" className="text-xl">
            Good to know
          </h2>
          <Link href="/help" className={linkClass}>
            All help pages
          </Link>
        </div>
        <div className="mt-7 grid gap-x-10 gap-y-8 sm:grid-cols-3">
          {shown.map((topic) => (
            <TopicLinks key={topic.category} topic={topic} articles={topic.articles} />
          ))}
        </div>
      </div>
    </section>
  );
}

const linkClass =
  "rounded-sm text-accent-ink underline decoration-accent-line underline-offset-4 hover:decoration-current";

function TopicLinks({ topic, articles }: { topic: Topic; articles: readonly PublicArticle[] }) {
  return (
    <div>
      <h3 className="flex items-center gap-2.5 text-base [&_svg]:size-5 [&_svg]:text-accent-ink">
        {topic.icon}
        {topic.title}
      </h3>
      <ul className="mt-2.5 flex flex-col gap-2 text-sm">
        {articles.map(({ slug, title }) => (
          <li key={slug}>
            <Link href={articleHref(slug)} className={linkClass}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
