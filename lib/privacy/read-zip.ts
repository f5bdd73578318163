import { type FileHandle, open as openFile } from "node:fs/promises";

/** An export that cannot be imported, or not here. The message says why and what to do. */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";
}

const END_SIGN = 0x06054b50;
const ENTRY_SIGN = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_MAX = 65_535;
const CHUNK_BYTES = 65_536;
/** What a field says when the real number is elsewhere: over 4 GB, or over 65,534 files. */
const ELSEWHERE = 0xffffffff;

export type ZipEntry = { name: string; bytes: number; at: number };
export type Zip = {
  entries: Map<string, ZipEntry>;
  read: (name: string) => AsyncGenerator<Buffer>;
  close: () => Promise<void>;
};

/** Opens a ZIP that an export wrote: files lie in it as they are. Reads its list of files, and files a piece at a time. */
export async function openZip(path: string): Promise<Zip> {
  const file = await openFile(path, "r");
  try {
    const entries = await listEntries(file);
    return {
      entries,
      read: (name) => readEntry(file, requireEntry(entries, name)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function requireEntry(entries: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry {
  const entry = entries.get(name);
  if (!entry) {
    throw new ImportRefused(`The export does not hold ${name}.`);
  }
  return entry;
}

async function take(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
  if (bytesRead !== bytes) {
    throw new ImportRefused("The file is cut off, or is no ZIP.");
  }
  return buffer;
}

async function listEntries(file: FileHandle): Promise<Map<string, ZipEntry>> {
  const { size } = await file.stat();
  const from = Math.max(0, size - END_BYTES - COMMENT_MAX);
  const tail = await take(file, from, size - from);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.length - end < END_BYTES || tail.readUInt32LE(end) !== END_SIGN) {
    throw new ImportRefused("The file is cut off, or is no ZIP.");
  }
  const [bytes, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (at === ELSEWHERE || bytes === ELSEWHERE) {
    throw new ImportRefused("The export is larger than 4 GB, which this command does not read.");
  }
  return readDirectory(await take(file, at, bytes));
}

function readDirectory(directory: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGN) {
      throw new ImportRefused("The ZIP's list of files is damaged.");
    }
    const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    const name = directory.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + (lengths[0] ?? 0));
    const [packed, bytes] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)];
    if (directory.readUInt16LE(at + 10) !== 0 || packed !== bytes) {
      throw new ImportRefused(
        `${name} was packed anew. Import the ZIP as it was downloaded, without opening and packing it again.`,
      );
    }
    entries.set(name, { name, bytes, at: directory.readUInt32LE(at + 42) });
    at += ENTRY_BYTES + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}

async function* readEntry(file: FileHandle, { bytes, at }: ZipEntry): AsyncGenerator<Buffer> {
  const head = await take(file, at, LOCAL_BYTES);
  const begin = at + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  for (let done = 0; done < bytes; ) {
    const piece = await take(file, begin + done, Math.min(CHUNK_BYTES, bytes - done));
    yield piece;
    done += piece.length;
  }
}
