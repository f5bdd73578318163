import { Readable } from "node:stream";
import { makeZip } from "client-zip";
import { Refusal } from "@/lib/errors";
import { appendAudit, audit } from "./audit";
import { collectRows } from "./collect";
import type { ExportDownload } from "./export";
import { exportFiles, type Making } from "./export-content";
import { hideEverything } from "./hide-everything";
import { anonymizeUserId } from "./index-hash";
import { keyOf } from "./keys";
import type { Asker } from "./request";
import { inTransaction } from "./store-erase";
import { findReader } from "./store-export";
import { findRequestRow } from "./store-request";
import { ownedBy } from "./store-rows";

/**
 * The second kind of export: everything that identifies the person is hidden, for use outside their own request, such as
 * looking into a complaint. Streamed to an admin and kept nowhere; every one is written down. For anyone else, and for a
 * request whose person is gone, it is absent.
 */
export async function openRedactedExport(
  requestId: string,
  asker: Asker,
  making: Making,
): Promise<Omit<ExportDownload, "bytes">> {
  const isAdmin = asker.kind === "staff" && asker.role === "admin";
  const request = isAdmin ? await findRequestRow(requestId) : null;
  const reader = request?.customerId ? await findReader(request.customerId) : null;
  if (!reader) {
    throw new Refusal("not_found");
  }
  const key = await keyOf(reader);
  await inTransaction((tx) =>
    audit(tx, {
      actor: asker.id,
      customerId: reader.id,
      action: "export_redacted_downloaded",
      metadata: { requestId },
    }),
  );
  await appendAudit();
  const hiding = await hideEverything(key, collectRows(ownedBy("Vault"), reader.id, key));
  const zip = makeZip(exportFiles(key, making, hiding));
  const day = making.now.toISOString().slice(0, 10);
  return {
    name: `redacted-${anonymizeUserId(reader.id)}-${day}.zip`,
    stream: Readable.toWeb(Readable.from(zip)) as ReadableStream<Uint8Array>,
  };
}
