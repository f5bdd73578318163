import { Stat, Stats } from "@/components/ui/stat";
import { Table } from "@/components/ui/table";
import type { RetentionDue } from "@/lib/privacy/schema";
import { type RetentionTier, retentionTiers } from "@/lib/setting/schema";
import { tierNames } from "./retention-words";

type RetentionDueProps = {
  due: RetentionDue;
  /** What went in so many days. */
  removed: readonly { kind: string; count: number }[];
  days: number;
};

/** What the next run removes, and what went lately, as counted in the database. */
export function RetentionDueStats({ due, removed, days }: RetentionDueProps) {
  const went = (kind: string) => removed.find((each) => each.kind === kind)?.count ?? 0;
  const last = (kind: string) => `${went(kind).toLocaleString("en")} in the last ${days} days`;
  return (
    <section aria-labelledby="due" className="flex flex-col gap-4">
      <div>
        <h2 id="due" className="text-base">
          Due now
        </h2>
        <p className="max-w-prose text-muted text-sm">
          What is over its days goes with the next run, within ten minutes.
        </p>
      </div>
      <Stats>
        <Stat label="Conversations" value={sum(due.conversations)} hint={last("conversations")} />
        <Stat label="Guests' records" value={due.guests} hint={last("guests")} />
        <Stat label="Facts" value={sum(due.facts)} hint={last("facts")} />
        <Stat
          label="Over their days, and kept"
          value={due.kept}
          hint="Held, or of a customer whose data is restricted"
        />
      </Stats>
    </section>
  );
}

function sum(counts: Record<RetentionTier, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** What would go, by tier. */
export function DueTable({ caption, due }: { caption: string; due: RetentionDue }) {
  const rows = [
    { what: "Conversations", counts: due.conversations },
    { what: "Facts", counts: due.facts },
    {
      what: "Guests' records",
      counts: { guest: due.guests, trial: null, standard: null, premium: null },
    },
  ];
  return (
    <Table
      caption={caption}
      captionShown
      rows={rows}
      rowKey={({ what }) => what}
      columns={[
        { key: "what", header: "What", primary: true, cell: ({ what }) => what },
        ...retentionTiers.map((tier) => ({
          key: tier,
          header: tierNames[tier],
          align: "end" as const,
          cell: ({ counts }: (typeof rows)[number]) => counts[tier]?.toLocaleString("en") ?? "–",
        })),
      ]}
    />
  );
}
