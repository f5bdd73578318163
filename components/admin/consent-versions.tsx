import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ConsentVersionView } from "@/lib/customer/schema";

type ConsentVersionsProps = {
  versions: readonly ConsentVersionView[];
  current: number;
  /** Staff by id. */
  names: Record<string, string>;
};

/** Every text that somebody was asked to agree to. */
export function ConsentVersions({ versions, current, names }: ConsentVersionsProps) {
  if (versions.length === 0) {
    return (
      <p className="text-muted text-sm">
        Versions stand here from the first customer on who has agreed.
      </p>
    );
  }
  return (
    <Table
      caption="Versions"
      captionShown
      rows={versions}
      rowKey={({ version }) => String(version)}
      columns={[
        {
          key: "version",
          header: "Version",
          primary: true,
          cell: ({ version }) => (
            <span className="inline-flex items-center gap-2">
              {version} {version === current ? <Badge tone="success">In force</Badge> : null}
            </span>
          ),
        },
        {
          key: "by",
          header: "By",
          cell: ({ createdBy }) => authorText(createdBy, names),
        },
        { key: "at", header: "Since", cell: ({ createdAt }) => <Time at={createdAt} /> },
        {
          key: "asks",
          header: "Asked everybody again",
          cell: ({ asks }) => (asks ? "Yes" : "No: days became shorter"),
        },
        {
          key: "words",
          header: "Words",
          cell: ({ title, points, controller, contact, hash }) => (
            <details className="max-w-prose text-left">
              <summary className="min-h-6">{title}</summary>
              <ul className="mt-2 flex list-disc flex-col gap-1 pl-4">
                {points.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
              <p className="mt-2">{[controller, contact].filter(Boolean).join(", ")}</p>
              <code className="break-all font-mono text-muted text-xs">{hash}</code>
            </details>
          ),
        },
      ]}
    />
  );
}

function authorText(by: string | null, names: Record<string, string>): string {
  if (by === null) {
    return "Came with Recollect";
  }
  return by === "system" ? "A retention rule" : (names[by] ?? "A former colleague");
}
