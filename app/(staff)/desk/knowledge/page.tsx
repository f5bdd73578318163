import { MessageCircleQuestionMark } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { ArticleUseLists } from "@/components/desk/article-use";
import { OpenQuestions } from "@/components/desk/open-questions";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { listOpenQuestions } from "@/lib/conversation";
import { listArticleUse, USE_DAYS } from "@/lib/knowledge";
import { setAside } from "./actions";

export const metadata: Metadata = { title: "Knowledge" };

export default staffPage({ role: "lead", path: "/desk/knowledge" }, async (_, { query }) => {
  const [questions, articles] = await Promise.all([listOpenQuestions(), listArticleUse()]);
  return (
    <Page width="wide">
      <PageHeader
        title="Knowledge"
        description="What customers ask that no article answers, and which articles do answer."
      />
      {query["written"] === undefined ? null : (
        <Notice tone="success" className="mb-6">
          The draft is saved. An admin reads it and publishes it.
        </Notice>
      )}
      <section aria-labelledby="questions">
        <h2 id="questions" className="text-base">
          Questions without an article
        </h2>
        <p className="mt-1 mb-4 text-muted text-sm">
          The help pages were looked through, and the answer names none of them. Newest first.
        </p>
        {questions.length > 0 ? (
          <OpenQuestions questions={questions} setAside={setAside} />
        ) : (
          <EmptyState icon={<MessageCircleQuestionMark />} title="No open questions">
            Every question that led to the help pages found one there, or was set aside.
          </EmptyState>
        )}
      </section>
      <ArticleUseLists articles={articles} days={USE_DAYS} />
    </Page>
  );
});
