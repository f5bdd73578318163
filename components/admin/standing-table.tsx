import { Badge, type Tone } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PartState, Standing, Status } from "@/lib/health/schema";
import { partNames, partWords } from "./part-words";
import { sizeText } from "./size-text";

const states: Record<PartState, { label: string; tone: Tone }> = {
  up: { label: "Works", tone: "success" },
  partly: { label: "Not from everywhere", tone: "warning" },
  down: { label: "Does not work", tone: "danger" },
  off: { label: "Not set up", tone: "neutral" },
  unknown: { label: "Not tried yet", tone: "neutral" },
};
const LOW_BYTES = 2_000_000_000;

type Row = {
  key: string;
  name: string;
  label: string;
  tone: Tone;
  since: string | null;
  words: string;
};

/** What the installation stands on, each with since when it stands so. */
export function StandingTable({ status }: { status: Status }) {
  return (
    <section aria-labelledby="parts">
      <h2 id="parts" className="mb-3 text-base">
        What it stands on
      </h2>
      <Table
        caption="What this installation stands on"
        rows={[
          ...status.standings.map((standing) => rowOf(standing, status)),
          ...diskRow(status),
          backupRow,
        ]}
        rowKey={({ key }) => key}
        columns={[
          { key: "part", header: "Part", primary: true, cell: ({ name }) => name },
          {
            key: "state",
            header: "State",
            cell: ({ label, tone }) => <Badge tone={tone}>{label}</Badge>,
          },
          {
            key: "since",
            header: "Since",
            cell: ({ since }) => (since ? <Time at={since} /> : <span aria-hidden>–</span>),
          },
          {
            key: "words",
            header: "What that means",
            cell: ({ words }) => <span className="text-muted">{words}</span>,
          },
        ]}
      />
    </section>
  );
}

function rowOf({ part, state, since }: Standing, { postgres }: Status): Row {
  const words =
    part === "postgres"
      ? `Version ${postgres.version}, ${sizeText(postgres.bytes)} in use.`
      : partWords(part, state);
  return { key: part, name: partNames[part] ?? part, since, words, ...states[state] };
}

function diskRow({ disk }: Status): Row[] {
  if (!disk) {
    return [];
  }
  const low = disk.freeBytes < Math.max(LOW_BYTES, disk.totalBytes * 0.05);
  return [
    {
      key: "disk",
      name: "Disk",
      label: low ? "Nearly full" : "Works",
      tone: low ? "danger" : "success",
      since: null,
      words: `${sizeText(disk.freeBytes)} of ${sizeText(disk.totalBytes)} are free where exports and checkpoints lie.`,
    },
  ];
}

const backupRow: Row = {
  key: "backup",
  name: "Backup",
  label: "None by Recollect",
  tone: "neutral",
  since: null,
  words:
    "Recollect has made no backup. Whoever runs it backs up PostgreSQL and, apart from it, the secrets.",
};
