import { ActionForm } from "@/components/staff/action-form";
import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { Article, ArticleVersionRow } from "@/lib/knowledge/schema";
import type { FormAct } from "@/lib/result";
import { ArticleDifference } from "./article-difference";

type ArticleVersionsProps = { article: Article; publish: FormAct; bringBack: FormAct };

/** Every version that was saved, newest first, each with what it changed and the ways back to it. */
export function ArticleVersions({ article, publish, bringBack }: ArticleVersionsProps) {
  return (
    <section className="mt-12" aria-labelledby="versions">
      <h2 id="versions" className="mb-3 text-base">
        Versions
      </h2>
      <div className="flex flex-col gap-2">
        {article.versions.map((version, at) => (
          <details
            key={version.version}
            className="rounded-lg border border-line bg-surface px-4 py-2.5"
          >
            <summary className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <span className="font-medium">Version {version.version}</span>
              {version.version === article.publishedVersion ? (
                <Badge tone="success">Published</Badge>
              ) : null}
              {version.version === article.version ? <Badge tone="accent">Newest</Badge> : null}
              <Time at={version.createdAt} show="full" className="text-muted" />
            </summary>
            <div className="mt-3 flex flex-col gap-4 border-line border-t pt-3">
              <WaysBack {...{ article, version, publish, bringBack }} />
              <Changes version={version} before={article.versions[at + 1]} />
              <div>
                <p className="mb-2 font-semibold">{version.title}</p>
                <Markdown text={version.body} headings="sections" />
              </div>
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}

type OneProps = { version: ArticleVersionRow };

function Changes({ version, before }: OneProps & { before: ArticleVersionRow | undefined }) {
  return before ? <ArticleDifference version={version} before={before} /> : null;
}

/** An older version is published again as it is, or written anew as a draft to be worked on. */
function WaysBack({ article, version, publish, bringBack }: ArticleVersionsProps & OneProps) {
  if (version.version === article.version) {
    return null;
  }
  const number = String(version.version);
  return (
    <div className="flex flex-wrap gap-2">
      {version.version === article.publishedVersion ? null : (
        <ActionForm
          action={publish}
          fields={{ id: article.id, version: number }}
          done={`Version ${number} is published`}
        >
          <SubmitButton variant="secondary">Publish version {number}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        action={bringBack}
        fields={{ id: article.id, version: number, newest: String(article.version) }}
        done={`Version ${number} is the draft now`}
      >
        <SubmitButton variant="secondary">Bring version {number} back as a draft</SubmitButton>
      </ActionForm>
    </div>
  );
}
