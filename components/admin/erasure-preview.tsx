import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ErasurePreview } from "@/lib/privacy/schema";

/** What an erasure would remove, store by store, and what would stay and why. */
export function ErasurePreviewCard({ preview }: { preview: ErasurePreview }) {
  const found = preview.stores.filter((store) => store.found > 0);
  const empty = preview.stores.length - found.length;
  return (
    <Card
      title="What would be removed"
      description="Counted now, by the customer’s id, in every place where something of people may lie."
      footer={
        empty > 0
          ? `${empty} other ${empty === 1 ? "place holds" : "places hold"} nothing of this customer.`
          : undefined
      }
    >
      {found.length > 0 ? (
        <Table
          caption="What would be removed"
          rows={found}
          rowKey={({ name }) => name}
          columns={[
            {
              key: "name",
              header: "Place",
              primary: true,
              cell: ({ name, what }) => (
                <span className="flex flex-col">
                  <span>{name}</span>
                  <span className="font-normal text-muted text-xs">{what}</span>
                </span>
              ),
            },
            { key: "kind", header: "Kind", cell: ({ kind }) => kind },
            { key: "found", header: "Found", align: "end", cell: (store) => store.found },
          ]}
        />
      ) : (
        <p className="text-muted text-sm">Nothing of this customer was found in any place.</p>
      )}
      <h3 className="mt-6 mb-2 text-base">What would stay, and why</h3>
      <Stays stays={preview.stays} />
    </Card>
  );
}

/** What outlives an erasure: each item with its basis and its end. */
export function Stays({ stays }: { stays: ErasurePreview["stays"] }) {
  if (stays.length === 0) {
    return <p className="text-muted text-sm">Nothing.</p>;
  }
  return (
    <ul className="flex flex-col gap-3 text-sm">
      {stays.map(({ store, item, basis, until }) => (
        <li key={`${store}:${item}`} className="border-line border-l-2 pl-3">
          <span className="font-medium">{item}</span> <span className="text-muted">({store})</span>
          <br />
          {basis} <span className="text-muted">Until</span> <Until at={until} />
        </li>
      ))}
    </ul>
  );
}

function Until({ at }: { at: string }) {
  return Number.isNaN(Date.parse(at)) ? at : <Time at={at} show="date" />;
}
