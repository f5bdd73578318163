import { createHash } from "node:crypto";
import { z } from "zod";
import { auditCategories } from "./export-audit";
import { page } from "./export-html";
import { jsonSchemaOf, type RecordShape, shapeOf } from "./export-schema";
import { transcript, walkOverview } from "./export-transcript";
import type { Hiding } from "./hide-everything";
import { anonymizeUserId } from "./index-hash";
import type { SubjectKey } from "./schema";
import type { Controller, DataMapEntry } from "./schema-map";
import { type Origin, type Statement, statementsOf } from "./statements";

/** One kind of data of a person: a file of the export. Reading it twice reads the database twice. */
export type Category = {
  name: string;
  what: string;
  origin: Origin;
  shape: RecordShape;
  records: () => AsyncIterable<Record<string, unknown>>;
};

/** What an export is made of, beside the person's data. */
export type Making = { dataMap: readonly DataMapEntry[]; controller: Controller; now: Date };

export type Listed = { name: string; records: number; bytes: number; sha256: string };
type ZipInput = { name: string; lastModified: Date; input: AsyncIterable<Uint8Array> };

export const FORMAT = "recollect-export";
export const VERSION = 2;
/** What can be imported nowhere: the person is not in it. */
const REDACTED = "recollect-redacted-export";

const SHOWN: Hiding = { text: (text) => text, categories: async (all) => [...all] };

const origins: Record<string, Origin> = {
  CaseSummary: "inferred",
  Fact: "inferred",
  Memory: "inferred",
  Consent: "told",
  Customer: "told",
  Message: "told",
  Rating: "told",
  ReplyAddress: "told",
  Vault: "told",
};

/**
 * Every file of a person's export, in the order of the ZIP; the manifest, which lists the others, is the last. Nothing
 * is held but a page of rows: each file is read from the database as it is written.
 */
export async function* exportFiles(
  key: SubjectKey,
  making: Making,
  hiding: Hiding = SHOWN,
): AsyncGenerator<ZipInput> {
  const { dataMap, controller, now } = making;
  const user = anonymizeUserId(key.ownerId);
  const date = now.toISOString();
  const listed: Listed[] = [];
  const categories = await hiding.categories(await categoriesOf(key, dataMap));
  const show = hiding.text;
  const statements = statementsFor(dataMap, controller);
  const file = (name: string, texts: AsyncIterable<string>, count = { records: 0 }) => ({
    name,
    lastModified: now,
    input: listing(name, texts, count, listed),
  });
  const opening = { records: 0 };
  yield file(
    "data.json",
    overview(walkOverview(key, show), { userId: user, exportDate: date }, opening),
    opening,
  );
  yield file("index.html", page({ user, date, key, show, categories, statements }));
  yield file("transcript.txt", transcript(key, show));
  yield file("about.json", one(pretty({ controller, article15: statements })));
  for (const { name, what, shape, records } of categories) {
    const count = { records: 0 };
    yield file(`records/${name}.json`, array(records(), count), count);
    yield file(`schemas/${name}.schema.json`, one(pretty(jsonSchemaOf(name, what, shape))));
  }
  const head = {
    format: hiding === SHOWN ? FORMAT : REDACTED,
    version: VERSION,
    userId: user,
    exportDate: date,
  };
  const origin = Object.fromEntries(categories.map((each) => [each.name, each.origin]));
  const manifest = one(pretty({ ...head, origin, files: listed }));
  yield { name: "manifest.json", lastModified: now, input: bytesOf(manifest) };
}

/** The kinds of data that an export holds, in the data map's order, and what the audit log says. */
export async function categoriesOf(
  key: SubjectKey,
  dataMap: readonly DataMapEntry[],
): Promise<Category[]> {
  const categories: Category[] = [];
  for (const { name, what, collect } of dataMap) {
    if (collect) {
      const shape = (await shapeOf(name)) ?? z.record(z.string(), z.unknown());
      const records = () => collect(key.ownerId, key) as AsyncIterable<Record<string, unknown>>;
      categories.push({ name, what, origin: originOf(name), shape, records });
    }
  }
  return [...categories, ...auditCategories(key.ownerId)];
}

function originOf(name: string): Origin {
  return origins[name] ?? "observed";
}

function statementsFor(dataMap: readonly DataMapEntry[], controller: Controller): Statement[] {
  const kept = dataMap.filter(({ whose }) => whose === "customer");
  return statementsOf(
    kept.map((entry) => ({ ...entry, origin: originOf(entry.name) })),
    controller,
  );
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function* one(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

async function* overview(
  lines: AsyncIterable<unknown>,
  head: Record<string, string>,
  count: { records: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"data":`;
  yield* array(lines, count);
  yield "}\n";
}

/** One record a line, so that a reader needs no more memory than the longest of them. */
async function* array(
  records: AsyncIterable<unknown>,
  count: { records: number },
): AsyncGenerator<string> {
  yield "[";
  for await (const record of records) {
    yield `${count.records === 0 ? "\n" : ",\n"}${JSON.stringify(record)}`;
    count.records += 1;
  }
  yield "\n]\n";
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) {
    yield Buffer.from(text, "utf8");
  }
}

/** Passes a file's bytes on and notes its size and checksum for the manifest. */
async function* listing(
  name: string,
  texts: AsyncIterable<string>,
  count: { records: number },
  listed: Listed[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of bytesOf(texts)) {
    hash.update(bytes);
    size += bytes.length;
    yield bytes;
  }
  listed.push({ name, records: count.records, bytes: size, sha256: hash.digest("hex") });
}
