import { type Column, Table } from "@/components/ui/table";
import type { ProcessingActivity, ProcessingRecord } from "@/lib/privacy/schema";

/** The record of processing activities, part by part as Art. 30(1) lists them. */
export function ProcessingRecordView({ record }: { record: ProcessingRecord }) {
  const { controller, recipients, activities, withoutPersons, measures } = record;
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="controller" className="flex flex-col gap-2">
        <h2 id="controller" className="text-base">
          Controller
        </h2>
        <dl className="grid max-w-prose grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          <dt className="text-muted">Name</dt>
          <dd>{controller.name}</dd>
          <dt className="text-muted">Contact</dt>
          <dd>{controller.contact ?? "Not configured"}</dd>
          <dt className="text-muted">As of</dt>
          <dd>
            <time dateTime={record.madeAt}>{record.madeAt.slice(0, 10)}</time>
          </dd>
        </dl>
      </section>
      <section aria-labelledby="activities" className="flex flex-col gap-3">
        <h2 id="activities" className="text-base">
          Processing activities
        </h2>
        <Table
          caption="Processing activities"
          rows={activities}
          rowKey={({ name }) => name}
          columns={columns}
        />
      </section>
      <section aria-labelledby="recipients" className="flex flex-col gap-2">
        <h2 id="recipients" className="text-base">
          Recipients outside
        </h2>
        {recipients.length > 0 ? (
          <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
            {recipients.map(({ name, what }) => (
              <li key={name}>
                {capital(name)}: {what}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm">
            None is configured: the AI runs on this server, and no mail is sent.
          </p>
        )}
      </section>
      <section aria-labelledby="measures" className="flex flex-col gap-2">
        <h2 id="measures" className="text-base">
          Technical and organisational measures
        </h2>
        <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-sm">
          {measures.map((measure) => (
            <li key={measure}>{measure}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="nobody" className="flex flex-col gap-2">
        <h2 id="nobody" className="text-base">
          Without personal data
        </h2>
        <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-sm">
          {withoutPersons.map(({ name, data }) => (
            <li key={name}>
              {name}: {data}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const columns: Column<ProcessingActivity>[] = [
  {
    key: "data",
    header: "Data",
    primary: true,
    cell: ({ data, people, places }) => (
      <>
        <span className="block">{capital(data)}</span>
        <span className="block font-normal text-muted text-xs">
          {people === "staff" ? "Staff" : "Customers"} ·{" "}
          <span className="font-mono wrap-anywhere">{places.join(", ")}</span>
        </span>
      </>
    ),
  },
  { key: "purpose", header: "Purpose", cell: ({ purpose }) => purpose },
  { key: "basis", header: "Legal basis", cell: ({ basis }) => basis },
  { key: "retention", header: "Kept", cell: ({ retention }) => retention },
  {
    key: "recipients",
    header: "Recipients",
    cell: ({ recipients }) => (recipients.length > 0 ? recipients.join("; ") : "The team only"),
  },
];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
