import fc from "fast-check";
import { expect, test } from "vitest";
import { openStream, sealStream } from "./export-seal";
import { SealError } from "./seal-error";
import { CHUNK_BYTES } from "./sealed-stream";
import { subjectKey } from "./subject-key";

const key = subjectKey("01936b2e-0000-7000-8000-00000000000e", 1, Buffer.alloc(32, 5));

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function sealed(bytes: Uint8Array): Promise<Buffer> {
  return await all(sealStream(key, pieces(bytes, 10_000)));
}

test("a file opens again, whatever its length and however it is read", async () => {
  const lengths = fc.oneof(
    fc.nat({ max: 3 }),
    fc.constantFrom(CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 200_000),
  );
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 500, max: 70_000 }), async (length, size) => {
      const bytes = Buffer.alloc(length, "recollect");
      const file = await sealed(bytes);
      expect((await all(openStream(key, pieces(file, size)))).equals(bytes)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("a file that was cut at any place, also between chunks, does not open", async () => {
  const file = await sealed(Buffer.alloc(3 * CHUNK_BYTES));
  const between = 11 + CHUNK_BYTES + 16;
  for (const length of [0, 5, 11, 20, between, 2 * between - 11, file.length - 1]) {
    await expect(all(openStream(key, pieces(file.subarray(0, length), 9_000)))).rejects.toThrow(
      SealError,
    );
  }
});

test("chunks that changed places, a changed byte and another key do not open", async () => {
  const file = await sealed(
    Buffer.from(Array.from({ length: 3 * CHUNK_BYTES }, (_, at) => at % 7)),
  );
  const size = CHUNK_BYTES + 16;
  const [head, one, two] = [
    file.subarray(0, 11),
    file.subarray(11, 11 + size),
    file.subarray(11 + size, 11 + 2 * size),
  ];
  const swapped = Buffer.concat([head, two, one, file.subarray(11 + 2 * size)]);
  const changed = Buffer.from(file);
  changed[500] = (changed[500] ?? 0) ^ 1;
  const other = subjectKey("01936b2e-0000-7000-8000-00000000000f", 1, Buffer.alloc(32, 5));
  await expect(all(openStream(key, pieces(swapped, size)))).rejects.toThrow(SealError);
  await expect(all(openStream(key, pieces(changed, size)))).rejects.toThrow(SealError);
  await expect(all(openStream(other, pieces(file, size)))).rejects.toThrow(SealError);
});
