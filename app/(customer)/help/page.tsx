import { BookOpen } from "lucide-react";
import type { Metadata } from "next";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { ArticleList } from "@/components/help/article-list";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { findReader } from "@/lib/auth";
import { listPublishedArticles } from "@/lib/knowledge";

export const metadata: Metadata = {
  title: "Help",
  description: "Orders, returns, sizes, repairs, payment and your data: how it works here.",
};

export default async function HelpPage() {
  const articles = await listPublishedArticles(await findReader());
  return (
    <CustomerFrame>
      <Page>
        <PageHeader
          title="Help"
          description="How things work here. The chat answers from these same pages and shows which one."
          actions={
            <ButtonLink href="/chat" variant="primary">
              Ask in the chat
            </ButtonLink>
          }
        />
        {articles.length > 0 ? (
          <ArticleList articles={articles} />
        ) : (
          <EmptyState icon={<BookOpen />} title="No help pages yet">
            Ask in the chat meanwhile: a person is one click away there.
          </EmptyState>
        )}
      </Page>
    </CustomerFrame>
  );
}
