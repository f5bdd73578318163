import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { MemoryMetric } from "@/lib/memory/schema";

/** The newest operations one by one. */
export function MemoryOperations({ recent }: { recent: readonly MemoryMetric[] }) {
  const rows = recent.map((metric, index) => ({ ...metric, key: String(index) })).reverse();
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <summary className="min-h-7 font-medium text-sm">The newest {rows.length} operations</summary>
      <div className="mt-3">
        <Table
          caption="Newest memory operations"
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            {
              key: "conversation",
              header: "Conversation",
              primary: true,
              cell: ({ conversationId }) => (
                <code title={conversationId} className="font-mono text-xs">
                  …{conversationId.slice(-8)}
                </code>
              ),
            },
            { key: "when", header: "When", cell: ({ timestamp }) => <Time at={timestamp} /> },
            { key: "tokens", header: "Tokens", align: "end", cell: ({ tokenCount }) => tokenCount },
            {
              key: "time",
              header: "Time",
              align: "end",
              cell: ({ processingTimeMs }) => `${processingTimeMs.toFixed(1)} ms`,
            },
            {
              key: "result",
              header: "Result",
              align: "end",
              cell: ({ error, cacheHit }) =>
                error ? (
                  <Badge tone="danger">{error}</Badge>
                ) : (
                  <Badge tone={cacheHit ? "success" : "neutral"}>{cacheHit ? "Hit" : "Miss"}</Badge>
                ),
            },
          ]}
        />
      </div>
    </details>
  );
}
