import { Badge, type Tone } from "@/components/ui/badge";
import { Stat, Stats } from "@/components/ui/stat";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { BackendHealth, MemoryPanel } from "@/lib/memory/schema";

const states: Record<BackendHealth["state"], { label: string; tone: Tone }> = {
  up: { label: "Works", tone: "success" },
  down: { label: "Does not work", tone: "danger" },
  unknown: { label: "Not checked yet", tone: "neutral" },
};
const names: Record<BackendHealth["name"], string> = {
  postgresql: "PostgreSQL, where memory is decided",
  redis: "Redis, the copy that turns read",
};

/** Where memory is kept: how each store answered its last check, what Redis holds, and what this process holds open. */
export function MemoryStores({
  store,
  hot,
  backends,
}: Pick<MemoryPanel, "store" | "hot" | "backends">) {
  return (
    <section aria-labelledby="stores" className="flex flex-col gap-4">
      <div>
        <h2 id="stores" className="text-base">
          Stores
        </h2>
        <p className="text-muted text-sm">
          Each is written to, read and deleted from every minute. Redis is measured at most once a
          minute.
        </p>
      </div>
      <Table
        caption="Stores of memory"
        rows={backends}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", header: "Store", primary: true, cell: ({ name }) => names[name] },
          { key: "state", header: "State", cell: ({ state }) => <StateBadge state={state} /> },
          {
            key: "checked",
            header: "Checked",
            cell: ({ checkedAt }) =>
              checkedAt ? <Time at={checkedAt} /> : <span aria-hidden>–</span>,
          },
          {
            key: "time",
            header: "Took",
            align: "end",
            cell: ({ durationMs, reason }) =>
              reason ?? (durationMs === null ? "" : `${durationMs.toFixed(1)} ms`),
          },
        ]}
      />
      <Stats>
        <Stat label="Conversations in Redis" value={store?.totalConversations ?? null} />
        <Stat label="Of them compressed" value={store?.compressedConversations ?? null} />
        <Stat label="Memory in Redis" value={store?.totalMemoryMb.toFixed(2) ?? null} unit="MB" />
        <Stat
          label="Per conversation"
          value={store?.averageMemoryKb.toFixed(1) ?? null}
          unit="KB"
        />
        <Stat
          label="Open in this process"
          value={hot.activeMemories}
          hint={`${(hot.utilization * 100).toFixed(0)} % of ${hot.maxCapacity.toLocaleString("en")}; ${hot.totalLocks.toLocaleString("en")} in use right now`}
        />
      </Stats>
    </section>
  );
}

function StateBadge({ state }: Pick<BackendHealth, "state">) {
  const { label, tone } = states[state];
  return <Badge tone={tone}>{label}</Badge>;
}
