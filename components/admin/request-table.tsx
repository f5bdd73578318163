import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type DataRequestView, type RequestState, requestReasons } from "@/lib/privacy/schema";
import { Due } from "./due";
import { kindNames, stateLooks } from "./request-words";

/** Where a request stands, in a word. */
export function RequestBadge({ state }: { state: RequestState }) {
  return <Badge tone={stateLooks[state].tone}>{stateLooks[state].text}</Badge>;
}

/** Data requests, in the order given. */
export function RequestTable({
  caption,
  requests,
}: {
  caption: string;
  requests: readonly DataRequestView[];
}) {
  return (
    <Table
      caption={caption}
      rows={requests}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "kind",
          header: "What",
          primary: true,
          cell: ({ id, kind, pseudonym }) => (
            <span className="flex flex-col">
              <Link
                href={`/admin/requests/${id}`}
                className="rounded-sm underline-offset-4 hover:underline"
              >
                {kindNames[kind]}
              </Link>
              <code className="font-mono font-normal text-muted text-xs">{pseudonym}</code>
            </span>
          ),
        },
        { key: "state", header: "State", cell: ({ state }) => <RequestBadge state={state} /> },
        {
          key: "from",
          header: "Opened by",
          cell: ({ openedBy, reason }) => (
            <span className="flex flex-col max-md:items-end">
              <span>{openedBy === "customer" ? "The customer" : "Staff"}</span>
              <span className="text-muted text-xs">{requestReasons[reason]}</span>
            </span>
          ),
        },
        {
          key: "received",
          header: "Received",
          cell: ({ receivedAt }) => <Time at={receivedAt} show="date" />,
        },
        {
          key: "due",
          header: "Due",
          align: "end",
          cell: ({ dueAt, finishedAt }) => <Due at={dueAt} finishedAt={finishedAt} />,
        },
      ]}
    />
  );
}
