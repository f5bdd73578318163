import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import { Time } from "@/components/ui/time";
import type { ArticleVersionRow } from "@/lib/knowledge/schema";

type ArticleVersionsProps = { versions: readonly ArticleVersionRow[]; current: number };

/** Every version that was saved, newest first, each to be opened and read. */
export function ArticleVersions({ versions, current }: ArticleVersionsProps) {
  if (versions.length === 0) {
    return null;
  }
  return (
    <section className="mt-12" aria-labelledby="versions">
      <h2 id="versions" className="mb-3 text-base">
        Versions
      </h2>
      <div className="flex flex-col gap-2">
        {versions.map((version) => (
          <details
            key={version.version}
            className="rounded-lg border border-line bg-surface px-4 py-2.5"
          >
            <summary className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <span className="font-medium">Version {version.version}</span>
              {version.version === current ? <Badge tone="accent">Current</Badge> : null}
              <Time at={version.createdAt} show="full" className="text-muted" />
            </summary>
            <div className="mt-3 border-line border-t pt-3">
              <p className="mb-2 font-semibold">{version.title}</p>
              <Markdown text={version.body} headings="sections" />
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}
