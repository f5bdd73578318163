import { Table } from "@/components/ui/table";
import type { MemoryPanel } from "@/lib/memory/schema";

const tiers: Record<string, string> = {
  guest: "Guests, and tiers that are not known",
  trial: "Trial",
  standard: "Standard",
  premium: "Premium",
};
const ends: Record<string, string> = { delete: "Deleted", archive: "Archived" };

/** For how long conversations are kept, by the rule in force. */
export function MemoryRetention({ retention }: Pick<MemoryPanel, "retention">) {
  return (
    <section>
      <Table
        caption="How long conversations are kept after their last message"
        captionShown
        rows={retention}
        rowKey={({ tier }) => tier}
        columns={[
          {
            key: "tier",
            header: "Customers",
            primary: true,
            cell: ({ tier }) => tiers[tier] ?? tier,
          },
          { key: "end", header: "Then", cell: ({ end }) => ends[end] ?? end },
          {
            key: "days",
            header: "Days",
            align: "end",
            cell: ({ days }) => days.toLocaleString("en"),
          },
        ]}
      />
    </section>
  );
}
