import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { makeZip } from "client-zip";
import { Refusal } from "@/lib/errors";
import { appendAudit, audit } from "./audit";
import { exportFiles, type Making } from "./export-content";
import { openStream, sealStream } from "./export-seal";
import { failureOf } from "./failure";
import { keyOf } from "./keys";
import type { Asker } from "./request";
import { retentionDays } from "./retention-days";
import type { SubjectKey } from "./schema";
import type { DataMapEntry } from "./schema-map";
import type { DataRequestView } from "./schema-request";
import { inTransaction } from "./store-erase";
import {
  beginExport,
  completeExport,
  exportPath,
  findExport,
  findReader,
  removeExpired,
  removeExports,
} from "./store-export";
import { failRequest, findRequestRow, lockCustomer, moveRequest } from "./store-request";

const UNKNOWN = { name: "this shop", contact: null };

const DAY_MS = 86_400_000;

/**
 * Makes a person's export: a ZIP, written as a stream and sealed at rest under a key of its own, with the person's own
 * values put back. A run that was killed or failed is simply run again; a request that is over stays as it is.
 */
export async function runExport(
  requestId: string,
  dataMap: readonly DataMapEntry[],
  { controller = UNKNOWN, now = new Date() }: Partial<Omit<Making, "dataMap">> = {},
): Promise<void> {
  const request = await findRequestRow(requestId);
  if (request?.kind !== "export") {
    throw new Refusal("not_found");
  }
  if (!(await moveRequest(requestId, ["received", "waiting", "failed", "running"], "running"))) {
    return;
  }
  try {
    await makeExport(request, { dataMap, controller, now });
  } catch (error) {
    await failRequest(requestId, failureOf(error));
    throw error;
  }
}

async function makeExport(
  { id: requestId, customerId }: DataRequestView,
  making: Making,
): Promise<void> {
  const reader = customerId ? await findReader(customerId) : null;
  if (!reader) {
    throw new Refusal("not_found");
  }
  const key = await keyOf(reader);
  const { exports: days } = await retentionDays();
  const expiresAt = new Date(making.now.getTime() + days * DAY_MS);
  const file = await beginExport(requestId, reader.id, expiresAt);
  // What was done of late stands in the log that is exported.
  await appendAudit();
  const bytes = await writeSealed(file, key, making);
  const isKept = await inTransaction(async (tx) => {
    // Whoever began to erase the customer meanwhile has the row, or has removed the file.
    if (!(await lockCustomer(reader.id, tx)) || !(await completeExport(file.id, bytes, tx))) {
      return false;
    }
    await moveRequest(requestId, ["running"], "done", tx);
    const metadata = { requestId };
    await audit(tx, { actor: "system", customerId: reader.id, action: "export_made", metadata });
    return true;
  });
  if (!isKept) {
    await removeExports([file.id]);
    throw new Refusal("not_found");
  }
}

async function writeSealed(
  file: { path: string; key: SubjectKey },
  key: SubjectKey,
  making: Making,
): Promise<number> {
  let size = 0;
  async function* counted(source: AsyncIterable<Uint8Array>) {
    for await (const bytes of source) {
      size += bytes.length;
      yield bytes;
    }
  }
  const zip = counted(makeZip(exportFiles(key, making)));
  await pipeline(sealStream(file.key, zip), createWriteStream(file.path, { mode: 0o600 }));
  return size;
}

/** A download: the ZIP's bytes as they are opened. */
export type ExportDownload = { name: string; bytes: number; stream: ReadableStream<Uint8Array> };

/**
 * Opens an export for its owner or an admin; for anyone else it is absent. After its days it is `export_expired`.
 * Every download is written down.
 */
export async function openExport(
  requestId: string,
  asker: Asker,
  now = new Date(),
): Promise<ExportDownload> {
  const mayAll = asker.kind === "staff" && asker.role === "admin";
  if (!mayAll && asker.kind !== "customer") {
    throw new Refusal("not_found");
  }
  const file = await findExport(requestId, mayAll ? undefined : asker.id);
  if (!file) {
    throw new Refusal("not_found");
  }
  if (file.expiresAt <= now) {
    throw new Refusal("export_expired");
  }
  const key = await keyOf({ id: file.id, keyEpoch: 1 });
  const actor = asker.kind === "staff" ? asker.id : "customer";
  const { customerId, bytes } = file;
  await inTransaction((tx) =>
    audit(tx, { actor, customerId, action: "export_downloaded", metadata: { requestId } }),
  );
  const opened = openStream(key, createReadStream(exportPath(file.id)));
  const stream = Readable.toWeb(Readable.from(opened)) as ReadableStream<Uint8Array>;
  return { name: `your-data-${now.toISOString().slice(0, 10)}.zip`, bytes, stream };
}

/** Removes exports whose days are over. Run by a job; returns how many went. */
export async function expireExports(now = new Date()): Promise<number> {
  return await removeExpired(now);
}
