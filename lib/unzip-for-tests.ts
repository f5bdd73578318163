import { inflateRawSync } from "node:zlib";

/** Reads a ZIP by its central directory, as an unzip program would. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [names, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const from = zip.readUInt32LE(at + 42);
    const name = zip.toString("utf8", at + 46, at + 46 + (names ?? 0));
    const begin = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
    const bytes = zip.subarray(begin, begin + size);
    files.set(name, method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + (names ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
