import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { articleFilters } from "@/components/admin/article-filters";
import { ArticleTable } from "@/components/admin/article-table";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { listArticles } from "@/lib/knowledge";

export const metadata: Metadata = { title: "Articles" };

export default staffPage({ role: "admin", path: "/admin/articles" }, async (_, { query }) => {
  const articles = await listArticles();
  const { tabs, shown } = articleFilters(articles, query["state"]);
  return (
    <Page width="wide">
      <PageHeader
        title="Articles"
        description="What the shop tells everybody. Answers quote published articles and link to them."
        actions={
          <>
            <ButtonLink href="/admin/articles/import">Import</ButtonLink>
            <ButtonLink href="/admin/articles/new" variant="primary">
              Write an article
            </ButtonLink>
          </>
        }
      />
      <NavTabs label="Articles by state" tabs={tabs} />
      {shown.length > 0 ? (
        <ArticleTable articles={shown} />
      ) : (
        <EmptyState icon={<BookOpen />} title="No articles here">
          {articles.length === 0
            ? "Write the first one: what do customers ask most?"
            : "Choose another state above, or write an article."}
        </EmptyState>
      )}
    </Page>
  );
});
