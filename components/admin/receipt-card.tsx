import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Receipt } from "@/lib/privacy/schema";
import { Stays } from "./erasure-preview";
import { sizeText } from "./size-text";

type ReceiptCardProps = { requestId: string; receipt: Receipt };

/** The signed proof of an erasure: what was found and is gone, what stays, what was not done. */
export function ReceiptCard({ requestId, receipt }: ReceiptCardProps) {
  const { body, keyId, signature } = receipt;
  const touched = body.stores.filter(({ found }) => found > 0);
  return (
    <Card
      title="Receipt"
      description="Signed by this installation. It holds counts, times and the pseudonym; nothing of the person."
      actions={
        <a
          href={`/admin/requests/${requestId}/receipt`}
          download
          className={buttonClass("secondary", "sm")}
        >
          <Download aria-hidden />
          Download (JSON)
        </a>
      }
      footer={
        <>
          Signed with key <code className="font-mono text-xs">{keyId}</code>:{" "}
          <code className="break-all font-mono text-xs">{signature}</code>
        </>
      }
    >
      <dl className="mb-6 grid gap-4 text-sm sm:grid-cols-3">
        <Moment name="Reads closed" at={body.readsClosedAt} />
        <Moment name="Key destroyed" at={body.keyDestroyedAt} />
        <Moment name="Searched again" at={body.scannedAt} />
      </dl>
      <Table
        caption="Found before and left after"
        captionShown
        rows={touched}
        rowKey={({ name }) => name}
        columns={[
          { key: "name", header: "Place", primary: true, cell: ({ name }) => name },
          { key: "kind", header: "Kind", cell: ({ kind }) => kind },
          { key: "found", header: "Found", align: "end", cell: ({ found }) => found },
          { key: "left", header: "Left", align: "end", cell: ({ left }) => left },
        ]}
      />
      <h3 className="mt-6 mb-2 text-base">What stays, and why</h3>
      <Stays stays={body.stays} />
      <Lines title="What was done" lines={body.done} />
      <Lines title="What was not done" lines={body.notDone} />
      {receipt.second ? <SecondPart second={receipt.second} /> : null}
    </Card>
  );
}

type SecondPartProps = { second: NonNullable<Receipt["second"]> };

/** What the second stage searched after everything was removed, and what ends later. */
function SecondPart({ second: { body, keyId, signature } }: SecondPartProps) {
  return (
    <section aria-labelledby="second-part" className="mt-8 border-line border-t pt-6">
      <h3 id="second-part" className="mb-4 text-base">
        Second part: stores and files searched
      </h3>
      <dl className="mb-6 grid gap-4 text-sm sm:grid-cols-3">
        <Moment name="Written anew" at={body.sweptAt} />
        <Moment name="Searched" at={body.searchedAt} />
      </dl>
      {body.places.length > 0 ? (
        <Table
          caption="Searched, and found"
          captionShown
          rows={body.places}
          rowKey={({ name }) => name}
          columns={[
            { key: "name", header: "Place", primary: true, cell: ({ name }) => name },
            {
              key: "looked",
              header: "Looked at",
              cell: ({ looked }) => (looked ? "Yes" : "No"),
            },
            { key: "items", header: "Items", align: "end", cell: ({ items }) => items },
            { key: "bytes", header: "Bytes", align: "end", cell: ({ bytes }) => sizeText(bytes) },
            {
              key: "hits",
              header: "Found",
              align: "end",
              cell: ({ hits, looked }) => (looked ? hits : "–"),
            },
          ]}
        />
      ) : null}
      <Lines title="What was done" lines={body.done} />
      <Lines title="What was not done" lines={body.notDone} />
      <Lines
        title="What ends later"
        lines={body.later.map(({ where, what, until }) => `${where}: ${what}; ${until}.`)}
      />
      <p className="mt-6 text-muted text-sm">
        Signed with key <code className="font-mono text-xs">{keyId}</code>:{" "}
        <code className="break-all font-mono text-xs">{signature}</code>
      </p>
    </section>
  );
}

function Moment({ name, at }: { name: string; at: string }) {
  return (
    <div>
      <dt className="mb-0.5 text-muted text-xs">{name}</dt>
      <dd>
        <Time at={at} show="full" />
      </dd>
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <>
      <h3 className="mt-6 mb-2 text-base">{title}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm marker:text-muted">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
