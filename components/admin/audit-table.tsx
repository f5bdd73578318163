import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/privacy/schema";
import { actionText, actorText, metadataText } from "./audit-words";

type AuditTableProps = {
  entries: readonly AuditEntry[];
  /** Names of colleagues by id. */
  names: ReadonlyMap<string, string>;
};

/** Entries of the audit log, newest first. */
export function AuditTable({ entries, names }: AuditTableProps) {
  return (
    <Table
      caption="Audit entries"
      rows={entries}
      rowKey={({ seq }) => String(seq)}
      columns={[
        {
          key: "action",
          header: "What",
          primary: true,
          cell: ({ action, metadata }) => (
            <span className="flex flex-col">
              <span>{actionText(action)}</span>
              <span className="break-words font-normal text-muted text-xs">
                {metadataText(metadata)}
              </span>
            </span>
          ),
        },
        { key: "actor", header: "Who", cell: ({ actor }) => actorText(actor, names) },
        {
          key: "user",
          header: "Whose data",
          cell: ({ anonymizedUser }) =>
            anonymizedUser ? (
              <code className="font-mono text-xs">{anonymizedUser}</code>
            ) : (
              <span className="text-muted">Nobody’s</span>
            ),
        },
        {
          key: "when",
          header: "When",
          cell: ({ timestamp }) => (
            <Time at={timestamp} show="full" className="lg:whitespace-nowrap" />
          ),
        },
        { key: "seq", header: "Entry", align: "end", cell: ({ seq }) => seq },
        {
          key: "hash",
          header: "Hash",
          align: "end",
          cell: ({ hash }) => (
            <code title={hash} className="font-mono text-muted text-xs">
              {hash.slice(0, 8)}
            </code>
          ),
        },
      ]}
    />
  );
}
