import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { z } from "zod";
import { FORMAT, VERSION } from "./export-content";
import { ImportRefused, type Zip } from "./read-zip";

const Manifest = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  userId: z.string(),
  exportDate: z.iso.datetime(),
  files: z.array(
    z.object({
      name: z.string(),
      records: z.int(),
      bytes: z.int(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** Reads an export's manifest and compares every file with it, before anything of it is believed. */
export async function checkExport(zip: Zip): Promise<Manifest> {
  const manifest = Manifest.safeParse(await readJson(zip, "manifest.json"));
  if (!manifest.success) {
    throw new ImportRefused(
      `This is no export of this kind: its manifest is not “${FORMAT}”, version ${VERSION}.`,
    );
  }
  const listed = manifest.data.files.map(({ name }) => name);
  const extra = [...zip.entries.keys()].filter(
    (name) => name !== "manifest.json" && !listed.includes(name),
  );
  if (extra.length > 0) {
    throw new ImportRefused(`The export holds files that its manifest does not list: ${extra[0]}.`);
  }
  for (const { name, sha256 } of manifest.data.files) {
    const hash = createHash("sha256");
    for await (const piece of zip.read(name)) {
      hash.update(piece);
    }
    if (hash.digest("hex") !== sha256) {
      throw new ImportRefused(`${name} was changed since the export was made.`);
    }
  }
  return manifest.data;
}

async function readJson(zip: Zip, name: string): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of zip.read(name)) {
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message quotes what it read.
    throw new ImportRefused(`${name} is no JSON.`);
  }
}

export type ExportedRecord = Record<string, unknown>;

/** A category's records in pages. Each stands on a line of its own, as an export writes them. */
export async function* readRecords(
  zip: Zip,
  name: string,
  pageSize = 200,
): AsyncGenerator<ExportedRecord[]> {
  const lines = createInterface({ input: Readable.from(zip.read(name)), crlfDelay: Infinity });
  let page: ExportedRecord[] = [];
  for await (const line of lines) {
    const text = line.replace(/,$/, "");
    if (text !== "[" && text !== "]") {
      page.push(parseRecord(name, text));
    }
    if (page.length >= pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) {
    yield page;
  }
}

function parseRecord(name: string, text: string): ExportedRecord {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message quotes what it read.
    throw new ImportRefused(`${name} does not have one record a line.`);
  }
}
