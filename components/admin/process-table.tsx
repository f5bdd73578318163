import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ProcessView } from "@/lib/health/schema";

type ProcessTableProps = { processes: readonly ProcessView[]; builds: readonly string[] };

/** Which processes run. One that fell silent without a word stays for ten minutes. */
export function ProcessTable({ processes, builds }: ProcessTableProps) {
  return (
    <section aria-labelledby="processes" className="flex flex-col gap-3">
      <h2 id="processes" className="text-base">
        Processes
      </h2>
      {builds.length > 1 ? (
        <Notice tone="warning" title="Processes of different builds run">
          A page of one may call an action that another does not know. Restart the older ones.
        </Notice>
      ) : null}
      <Table
        caption="Processes"
        rows={processes}
        rowKey={({ id }) => id}
        columns={[
          { key: "kind", header: "Kind", primary: true, cell: kindOf },
          {
            key: "id",
            header: "Process",
            cell: ({ id }) => (
              <code title={id} className="font-mono text-xs">
                …{id.slice(-8)}
              </code>
            ),
          },
          {
            key: "state",
            header: "State",
            cell: ({ alive }) =>
              alive ? <Badge tone="success">Runs</Badge> : <Badge tone="danger">Fell silent</Badge>,
          },
          {
            key: "build",
            header: "Build",
            cell: ({ build }) => <code className="font-mono text-xs">{build.slice(0, 12)}</code>,
          },
          { key: "started", header: "Started", cell: ({ startedAt }) => <Time at={startedAt} /> },
          { key: "seen", header: "Last heard", cell: ({ seenAt }) => <Time at={seenAt} /> },
        ]}
      />
    </section>
  );
}

function kindOf({ kind, jobs }: ProcessView): string {
  if (kind === "worker") {
    return "Worker";
  }
  return jobs ? "Web, also works jobs" : "Web";
}
