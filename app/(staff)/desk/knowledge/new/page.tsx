import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { writeForQuestion } from "@/app/(staff)/desk/knowledge/actions";
import { staffPage } from "@/app/(staff)/gate";
import { ArticleEditor } from "@/components/admin/article-editor";
import { Page } from "@/components/shell/page";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { findOpenQuestion } from "@/lib/conversation";
import { Id } from "@/lib/id";
import { openingFor } from "@/lib/knowledge/schema";

export const metadata: Metadata = { title: "Write the article" };

export default staffPage({ role: "lead", path: "/desk/knowledge/new" }, async (_, { query }) => {
  const id = Id.safeParse(query["question"]).data;
  const question = id ? await findOpenQuestion(id) : null;
  if (!question) {
    notFound();
  }
  return (
    <Page width="wide">
      <PageHeader
        above={
          <Breadcrumbs
            crumbs={[
              { label: "Knowledge", href: "/desk/knowledge" },
              { label: "Write the article" },
            ]}
          />
        }
        title="Write the article"
        description="It is saved as a draft, and nobody sees it until an admin publishes it."
      />
      <blockquote
        className="mb-6 max-w-prose border-accent-line border-l-2 pl-4 text-sm"
        dir="auto"
      >
        {question.text}
      </blockquote>
      <ArticleEditor
        article={null}
        opening={openingFor(question.text)}
        fields={{ questionId: question.id }}
        save={writeForQuestion}
      />
    </Page>
  );
});
