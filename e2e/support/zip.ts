import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import type { Download } from "@playwright/test";

const END = 0x06054b50;
const ENTRY_HEAD = 46;
const LOCAL_HEAD = 30;

/** The files of a downloaded ZIP by name, read from its central directory as any program would. */
export async function unzip(download: Download): Promise<Map<string, string>> {
  const zip = await readFile(await download.path());
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) {
    end -= 1;
  }
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + ENTRY_HEAD, at + ENTRY_HEAD + nameLength);
    const start = zip.readUInt32LE(at + 42);
    const begin = start + LOCAL_HEAD + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const bytes = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    const packed = zip.readUInt16LE(at + 10) !== 0;
    files.set(name, (packed ? inflateRawSync(bytes) : bytes).toString("utf8"));
    at += ENTRY_HEAD + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
