import type { SubjectKey } from "./schema";
import { openChunks, type Sealing, sealChunks } from "./sealed-stream";
import { derive } from "./subject-key";

/*
 * A sealed export: a sealed stream (sealed-stream.ts) that begins with "RCX1", under the export's own key; associated
 * data: UTF-8 of JSON.stringify(["recollect", 1, "export", owner of the key]).
 */
const MAGIC = Buffer.from("RCX1");

type Bytes = AsyncIterable<Uint8Array>;

function sealing(key: SubjectKey): Sealing {
  const about = Buffer.from(JSON.stringify(["recollect", 1, "export", key.ownerId]));
  return { magic: MAGIC, key: derive(key, "export"), about, what: "export" };
}

/** Seals a stream of bytes. */
export function sealStream(key: SubjectKey, source: Bytes): AsyncGenerator<Uint8Array> {
  return sealChunks(sealing(key), source);
}

/** Opens what sealStream made; throws SealError before it gives out a byte that was changed. */
export function openStream(key: SubjectKey, source: Bytes): AsyncGenerator<Uint8Array> {
  return openChunks(sealing(key), source);
}
