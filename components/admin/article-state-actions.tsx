import { ActionForm } from "@/components/staff/action-form";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ArticleRow, articleHref } from "@/lib/knowledge/schema";
import type { FormAct } from "@/lib/result";
import { ArticleBadge } from "./article-table";

type ArticleStateActionsProps = { article: ArticleRow; publish: FormAct; archive: FormAct };

/** Whether customers read it, and what changes that. */
export function ArticleStateActions({ article, publish, archive }: ArticleStateActionsProps) {
  const live = article.state === "published";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ArticleBadge state={article.state} />
      {live ? (
        <>
          <ButtonLink href={articleHref(article.slug)}>View as a customer</ButtonLink>
          <ActionForm action={archive} fields={{ id: article.id }} done="Archived">
            <SubmitButton variant="secondary">Archive</SubmitButton>
          </ActionForm>
        </>
      ) : (
        <ActionForm action={publish} fields={{ id: article.id }} done="Published">
          <SubmitButton>Publish</SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}
