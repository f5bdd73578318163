import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type ArticleRow, type ArticleState, audienceNames } from "@/lib/knowledge/schema";

const looks: Record<ArticleState, { tone: Tone; text: string }> = {
  draft: { tone: "warning", text: "Draft" },
  published: { tone: "success", text: "Published" },
  archived: { tone: "neutral", text: "Archived" },
};

/** An article's state in a word, and whether a newer version waits to be published. */
export function ArticleBadge({ article }: { article: ArticleRow }) {
  const { state, version, publishedVersion } = article;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={looks[state].tone}>{looks[state].text}</Badge>
      {state === "published" && version !== publishedVersion ? (
        <Badge tone="warning">Newer draft</Badge>
      ) : null}
    </span>
  );
}

/** Help articles, each a way into its editor. */
export function ArticleTable({ articles }: { articles: readonly ArticleRow[] }) {
  return (
    <Table
      caption="Articles"
      rows={articles}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "title",
          header: "Title",
          primary: true,
          cell: ({ id, title, slug }) => (
            <span className="flex flex-col">
              <Link
                href={`/admin/articles/${id}`}
                className="rounded-sm underline-offset-4 hover:underline"
              >
                {title}
              </Link>
              <span className="break-all font-normal text-muted text-xs">/help/{slug}</span>
            </span>
          ),
        },
        { key: "category", header: "Category", cell: ({ category }) => category },
        { key: "state", header: "State", cell: (article) => <ArticleBadge article={article} /> },
        { key: "audience", header: "Readers", cell: ({ audience }) => audienceNames[audience] },
        { key: "version", header: "Version", align: "end", cell: ({ version }) => version },
        {
          key: "changed",
          header: "Changed",
          align: "end",
          cell: ({ updatedAt }) => <Time at={updatedAt} />,
        },
      ]}
    />
  );
}
