import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { ImportResult } from "@/lib/knowledge/schema";

const names = { new: "New", changed: "New version", same: "Unchanged" } as const;

/** What became of each file: what failed first, with the reason. */
export function ImportReport({ results }: { results: readonly ImportResult[] }) {
  const failed = results.filter((result) => result.outcome === "failed");
  const taken = results.filter((result) => result.outcome !== "failed");
  return (
    <div className="flex flex-col gap-4">
      {failed.length > 0 ? (
        <Notice
          tone="warning"
          title={failed.length === 1 ? "1 file failed" : `${failed.length} files failed`}
        >
          <ul className="flex flex-col gap-1">
            {failed.map(({ path, why }) => (
              <li key={path}>
                <span className="break-all font-medium">{path}</span>: {why}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {taken.length > 0 ? (
        <ul aria-label="Imported articles" className="flex flex-col text-sm">
          {taken.map(({ path, outcome, articleId, title }) => (
            <li key={path} className="flex flex-wrap gap-x-3 border-line border-b py-1.5">
              <Link
                href={`/admin/articles/${articleId}`}
                className="rounded-sm underline-offset-4 hover:underline"
              >
                {title}
              </Link>
              <span className="text-muted">{names[outcome]}</span>
              <span className="break-all text-muted">{path}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
