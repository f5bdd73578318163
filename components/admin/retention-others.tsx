import { Table } from "@/components/ui/table";

type RetentionOthersProps = {
  others: readonly { name: string; what: string; retention: string }[];
};

/** What has days of its own, which are not changed here, in the words of the data map. */
export function RetentionOthers({ others }: RetentionOthersProps) {
  return (
    <Table
      caption="Kept by rules that are not changed here"
      captionShown
      rows={others}
      rowKey={({ name }) => name}
      columns={[
        { key: "what", header: "What", primary: true, cell: ({ what }) => what },
        { key: "kept", header: "Kept", cell: ({ retention }) => retention },
      ]}
    />
  );
}
