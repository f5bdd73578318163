import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { Page } from "@/components/shell/page";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button";
import { Markdown } from "@/components/ui/markdown";
import { Time } from "@/components/ui/time";
import { findReader } from "@/lib/auth";
import { findArticle } from "@/lib/knowledge";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = await findArticle((await params).slug, await findReader());
  return { title: article?.title ?? "Not found" };
}

export default async function ArticlePage({ params }: Props) {
  const article = await findArticle((await params).slug, await findReader());
  if (!article) {
    notFound();
  }
  return (
    <CustomerFrame>
      <Page width="narrow">
        <article>
          <Breadcrumbs crumbs={[{ label: "Help", href: "/help" }, { label: article.category }]} />
          <h1 className="mt-4 font-semibold text-2xl">{article.title}</h1>
          <p className="mt-2 mb-7 text-muted text-xs">
            Last changed <Time at={article.updatedAt} show="date" />
          </p>
          <Markdown text={article.body} headings="sections" />
        </article>
        <aside
          aria-label="Still a question"
          className="mt-12 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-5 py-4"
        >
          <p className="text-sm">Not what you were looking for?</p>
          <ButtonLink href="/chat">Ask in the chat</ButtonLink>
        </aside>
      </Page>
    </CustomerFrame>
  );
}
