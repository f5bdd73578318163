import { createHash } from "node:crypto";
import { page } from "./export-html";
import { anonymizeUserId } from "./index-hash";
import type { SubjectKey } from "./schema";
import type { DataMapEntry } from "./schema-map";
import { listConversations } from "./store-export";

/** One kind of data of a person: a file of the export. Reading it twice reads the database twice. */
export type Category = {
  name: string;
  what: string;
  records: () => AsyncIterable<Record<string, unknown>>;
};

export type Listed = { name: string; records: number; bytes: number; sha256: string };
type ZipInput = { name: string; lastModified: Date; input: AsyncIterable<Uint8Array> };

/** Every file of a person's export, in the order of the ZIP; the manifest, which lists the others, is the last. */
export async function* exportFiles(
  key: SubjectKey,
  dataMap: readonly DataMapEntry[],
  now: Date,
): AsyncGenerator<ZipInput> {
  const user = anonymizeUserId(key.ownerId);
  const date = now.toISOString();
  const listed: Listed[] = [];
  const categories = categoriesOf(key, dataMap);
  const file = (name: string, texts: AsyncIterable<string>, count: { records: number }) => ({
    name,
    lastModified: now,
    input: listing(name, texts, count, listed),
  });
  const overview = await overviewOf(key.ownerId, categories);
  const opening = { userId: user, exportDate: date, data: overview };
  yield file("data.json", one(`${JSON.stringify(opening, null, 2)}\n`), {
    records: overview.length,
  });
  yield file("index.html", page(user, date, categories), { records: 0 });
  for (const category of categories) {
    const count = { records: 0 };
    yield file(`records/${category.name}.json`, array(category.records(), count), count);
  }
  const manifest = { format: "recollect-export", version: 1, userId: user, exportDate: date };
  const text = `${JSON.stringify({ ...manifest, files: listed }, null, 2)}\n`;
  yield { name: "manifest.json", lastModified: now, input: bytesOf(one(text)) };
}

function categoriesOf(key: SubjectKey, dataMap: readonly DataMapEntry[]): Category[] {
  return dataMap.flatMap((entry) => {
    const { name, what, collect } = entry;
    const records = () => collect?.(key.ownerId, key) as AsyncIterable<Record<string, unknown>>;
    return collect ? [{ name, what, records }] : [];
  });
}

/** A line per conversation, as data.json opens with. */
async function overviewOf(customerId: string, categories: readonly Category[]) {
  const summaries = new Map<string, { version: number; text: string }>();
  const written = categories.find(({ name }) => name === "CaseSummary");
  for await (const { conversationId, version, body } of written?.records() ?? none()) {
    const id = String(conversationId);
    if (body && Number(version) >= (summaries.get(id)?.version ?? 0)) {
      summaries.set(id, { version: Number(version), text: textOf(body) });
    }
  }
  const conversations = await listConversations(customerId);
  return conversations.map(({ id, createdAt, messages }) => ({
    conversationId: id,
    summary: summaries.get(id)?.text ?? null,
    messageCount: messages,
    createdAt: createdAt.toISOString(),
  }));
}

function textOf(body: unknown): string {
  if (typeof body !== "object" || body === null) {
    return String(body);
  }
  const { line, sentences } = body as { line?: unknown; sentences?: { text?: unknown }[] };
  const told = sentences?.map(({ text }) => String(text)).join(" ");
  return told || String(line ?? "");
}

async function* none(): AsyncGenerator<Record<string, unknown>> {
  // Nothing was summarised.
}

async function* one(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

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
