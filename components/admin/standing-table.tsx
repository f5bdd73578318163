import { Badge, type Tone } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type ModelState, sayToStaff } from "@/lib/agent/schema";
import type { PartState, Standing, Status } from "@/lib/health/schema";
import type { LastBackup } from "@/lib/privacy/schema";
import { partNames, partWords } from "./part-words";
import { sizeText } from "./size-text";

const states: Record<PartState, { label: string; tone: Tone }> = {
  up: { label: "Works", tone: "success" },
  partly: { label: "Not from everywhere", tone: "warning" },
  down: { label: "Does not work", tone: "danger" },
  off: { label: "Not set up", tone: "neutral" },
  unknown: { label: "Not tried yet", tone: "neutral" },
};
const full = { label: "Nearly full", tone: "danger" } as const;

type Row = {
  key: string;
  name: string;
  label: string;
  tone: Tone;
  since: string | null;
  words: string;
};

type StandingTableProps = {
  status: Status;
  models: readonly ModelState[];
  backup: LastBackup | null;
};

/** What the installation stands on, each with since when it stands so. */
export function StandingTable({ status, models, backup }: StandingTableProps) {
  return (
    <section aria-labelledby="parts">
      <h2 id="parts" className="mb-3 text-base">
        What it stands on
      </h2>
      <Table
        caption="What this installation stands on"
        rows={[
          ...status.standings.map((standing) => rowOf(standing, status, models)),
          backupRow(backup),
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
            cell: ({ since }) =>
              since ? (
                <Time at={since} className="whitespace-nowrap" />
              ) : (
                <span aria-hidden>–</span>
              ),
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

function rowOf(
  { part, state, since }: Standing,
  status: Status,
  models: readonly ModelState[],
): Row {
  const words = measured(part, status) ?? `${partWords(part, state)}${reasonOf(part, models)}`;
  const look = part === "disk" && state === "down" ? full : states[state];
  return { key: part, name: nameOf(part, models), since, words, ...look };
}

const roles: Record<string, ModelState["role"]> = { model: "first", model_second: "second" };

/** Why a model is down, as this process has seen it, and what to do. */
function reasonOf(part: string, models: readonly ModelState[]): string {
  const why = models.find(({ role }) => role === roles[part])?.why;
  return why ? ` ${sayToStaff(why)}` : "";
}

function nameOf(part: string, models: readonly ModelState[]): string {
  const model = models.find(({ role }) => role === roles[part]);
  const name = partNames[part] ?? part;
  return model ? `${name} (${model.name})` : name;
}

function measured(part: string, { postgres, disk }: Status): string | null {
  if (part === "postgres") {
    return `Version ${postgres.version}, ${sizeText(postgres.bytes)} in use.`;
  }
  return part === "disk" && disk
    ? `${sizeText(disk.freeBytes)} of ${sizeText(disk.totalBytes)} are free where exports and checkpoints lie.`
    : null;
}

function backupRow(backup: LastBackup | null): Row {
  const row = { key: "backup", name: "Last backup", tone: "neutral" } as const;
  return backup
    ? {
        ...row,
        label: "Made",
        since: backup.at,
        words: `${backup.rows.toLocaleString("en")} rows, ${sizeText(backup.bytes)}. Only a restore shows what it is worth: npm run restore:verify.`,
      }
    : {
        ...row,
        label: "None by Recollect",
        since: null,
        words: "Recollect has made no backup: npm run backup makes one.",
      };
}
