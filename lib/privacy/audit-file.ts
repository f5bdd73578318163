import { audit } from "./audit";
import type { AuditEntry } from "./schema-audit";
import { type AuditFilter, findEntries } from "./store-audit";
import { inTransaction } from "./store-erase";

export type AuditFileKind = "csv" | "json";

const PAGE = 1_000;
const COLUMNS = [
  "seq",
  "timestamp",
  "actor",
  "anonymizedUser",
  "action",
  "metadata",
  "prevHash",
  "hash",
] as const;

/**
 * The entries that match as a file, newest first, a page at a time. That it was taken is an entry itself, of the next
 * file. CSV as RFC 4180 has it, with metadata as JSON; JSON holds the entries as they are chained.
 */
export async function exportAudit(
  admin: { id: string },
  filter: Omit<AuditFilter, "before">,
  kind: AuditFileKind,
): Promise<{ name: string; type: string; stream: ReadableStream<Uint8Array> }> {
  await inTransaction((tx) =>
    audit(tx, { actor: admin.id, action: "audit_exported", metadata: { kind } }),
  );
  const made = new Date();
  const lines = kind === "csv" ? csv(filter) : json(filter, made);
  return {
    name: `audit-${made.toISOString().slice(0, 10)}.${kind}`,
    type: kind === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
    stream: streamOf(lines),
  };
}

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
      }
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}

async function* pages(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  for (let before: number | undefined; ; ) {
    const found = await findEntries({ ...filter, before }, PAGE);
    if (found.length > 0) {
      yield found;
    }
    before = found.at(-1)?.seq;
    if (found.length < PAGE) {
      return;
    }
  }
}

async function* csv(filter: AuditFilter): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\r\n`;
  for await (const entries of pages(filter)) {
    yield entries
      .map((entry) => `${COLUMNS.map((column) => cell(entry[column])).join(",")}\r\n`)
      .join("");
  }
}

function cell(value: unknown): string {
  const text =
    typeof value === "object" && value !== null ? JSON.stringify(value) : `${value ?? ""}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* json(filter: AuditFilter, made: Date): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(made)},"entries":[`;
  let comma = "";
  for await (const entries of pages(filter)) {
    for (const entry of entries) {
      yield `${comma}\n${JSON.stringify(entry)}`;
      comma = ",";
    }
  }
  yield "\n]}\n";
}
