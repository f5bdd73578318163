import Link from "next/link";
import { Table } from "@/components/ui/table";
import { type ArticleUse, articleHref } from "@/lib/knowledge/schema";

type ArticleUseListsProps = { articles: readonly ArticleUse[]; days: number };

/** Published articles that answers named, with how often, and those that no answer named. */
export function ArticleUseLists({ articles, days }: ArticleUseListsProps) {
  const used = articles.filter(({ cited }) => cited > 0);
  const unused = articles.filter(({ cited }) => cited === 0);
  return (
    <div className="mt-12 grid items-start gap-10 lg:grid-cols-2">
      <section aria-labelledby="used">
        <h2 id="used" className="mb-3 text-base">
          Articles that answer
        </h2>
        {used.length > 0 ? (
          <Table
            caption={`Answers that named an article, in the last ${days} days`}
            rows={used}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "title",
                header: "Article",
                primary: true,
                cell: (row) => <Title row={row} />,
              },
              {
                key: "cited",
                header: "Answers",
                align: "end",
                cell: ({ cited }) => cited.toLocaleString("en"),
              },
            ]}
          />
        ) : (
          <p className="text-muted text-sm">No answer has named an article in {days} days.</p>
        )}
      </section>
      <section aria-labelledby="unused">
        <h2 id="unused" className="mb-3 text-base">
          Never used
        </h2>
        <p className="mb-3 text-muted text-sm">
          {unused.length > 0
            ? `Published, and named by no answer in the last ${days} days.`
            : `Every published article was named by an answer in the last ${days} days.`}
        </p>
        <ul className="flex flex-col text-sm">
          {unused.map((row) => (
            <li key={row.id} className="border-line border-b py-1.5">
              <Title row={row} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Title({ row: { slug, title } }: { row: ArticleUse }) {
  return (
    <Link href={articleHref(slug)} className="rounded-sm underline-offset-4 hover:underline">
      {title}
    </Link>
  );
}
