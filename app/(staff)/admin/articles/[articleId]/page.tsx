import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { archive, publish, restore, save } from "@/app/(staff)/admin/articles/actions";
import { staffPage } from "@/app/(staff)/gate";
import { ArticleEditor } from "@/components/admin/article-editor";
import { ArticleStateActions } from "@/components/admin/article-state-actions";
import { ArticleVersions } from "@/components/admin/article-versions";
import { Page } from "@/components/shell/page";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { Id } from "@/lib/id";
import { findArticleById } from "@/lib/knowledge";

export const metadata: Metadata = { title: "Article" };

export default staffPage(
  { role: "admin", path: "/admin/articles/[articleId]" },
  async (_, { params }) => {
    const id = Id.safeParse(params["articleId"]).data;
    const article = id ? await findArticleById(id) : null;
    if (!article) {
      notFound();
    }
    return (
      <Page width="wide">
        <title>{`${article.title} · Recollect`}</title>
        <PageHeader
          above={
            <Breadcrumbs
              crumbs={[{ label: "Articles", href: "/admin/articles" }, { label: article.title }]}
            />
          }
          title={article.title}
          actions={<ArticleStateActions article={article} publish={publish} archive={archive} />}
        />
        <ArticleEditor key={article.version} article={article} save={save} />
        <ArticleVersions article={article} publish={publish} bringBack={restore} />
      </Page>
    );
  },
);
