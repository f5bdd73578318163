import { Time } from "@/components/ui/time";
import type { MemoryPanel } from "@/lib/memory/schema";

/** The newest half-hourly report of this process, as it also stands in DATA_DIR/reports. */
export function MemoryReportText({ report }: { report: NonNullable<MemoryPanel["report"]> }) {
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <summary className="min-h-7 font-medium text-sm">
        The report of this process, <Time at={report.at} />
      </summary>
      <pre className="mt-3 overflow-x-auto whitespace-pre-wrap font-mono text-xs">
        {report.text}
      </pre>
    </details>
  );
}
