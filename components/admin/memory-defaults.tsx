import { Table } from "@/components/ui/table";
import type { MemoryPanel } from "@/lib/memory/schema";

/** The limits that hold in this installation. */
export function MemoryDefaults({ defaults }: { defaults: MemoryPanel["defaults"] }) {
  const rows = Object.entries(defaults).map(([name, value]) => ({ name, value }));
  return (
    <section>
      <Table
        caption="Limits in force"
        captionShown
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", header: "Limit", primary: true, cell: ({ name }) => spaced(name) },
          {
            key: "value",
            header: "Value",
            align: "end",
            cell: ({ value }) => (typeof value === "number" ? value.toLocaleString("en") : value),
          },
        ]}
      />
    </section>
  );
}

/** "tokensMax" read aloud: "Tokens max". */
function spaced(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
