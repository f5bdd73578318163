import { ActionForm } from "@/components/staff/action-form";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ArticleRow, articleHref } from "@/lib/knowledge/schema";
import type { FormAct } from "@/lib/result";
import { ArticleBadge } from "./article-table";

type ArticleStateActionsProps = { article: ArticleRow; publish: FormAct; archive: FormAct };

/** Whether it is read and in which version, and what changes that. */
export function ArticleStateActions({ article, publish, archive }: ArticleStateActionsProps) {
  const live = article.state === "published";
  const behind = article.version !== article.publishedVersion;
  const fields = { id: article.id, version: String(article.version) };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ArticleBadge article={article} />
      {live ? (
        <>
          <ButtonLink href={articleHref(article.slug)}>View as a customer</ButtonLink>
          <ActionForm action={archive} fields={{ id: article.id }} done="Archived">
            <SubmitButton variant="secondary">Archive</SubmitButton>
          </ActionForm>
        </>
      ) : null}
      {behind ? (
        <ActionForm action={publish} fields={fields} done="Published">
          <SubmitButton>Publish</SubmitButton>
        </ActionForm>
      ) : null}
    </div>
  );
}
