import fc from "fast-check";
import { expect, test } from "vitest";
import { dataFrames, headFrame, readSections } from "./backup-frames";
import { SealError } from "./seal-error";

async function* all(pieces: Iterable<Uint8Array>) {
  yield* pieces;
}

/** The same bytes in pieces of another size, as a file's stream would bring them. */
async function* recut(source: AsyncIterable<Uint8Array>, size: number) {
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += size) {
      yield bytes.subarray(at, at + size);
    }
  }
}

async function* written(sections: readonly { name: string; pieces: Uint8Array[] }[]) {
  for (const { name, pieces } of sections) {
    yield headFrame({ name });
    yield* dataFrames(all(pieces));
  }
}

async function read(source: AsyncIterable<Uint8Array>) {
  const sections = [];
  for await (const { head, data } of readSections(source)) {
    const pieces = [];
    for await (const bytes of data()) {
      pieces.push(bytes);
    }
    sections.push({ head, bytes: Buffer.concat(pieces).toString("hex") });
  }
  return sections;
}

const section = fc.record({
  name: fc.string(),
  pieces: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }),
});

test("sections come back as they were written, however the stream is cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(section), fc.integer({ min: 1, max: 60 }), async (sections, size) => {
      expect(await read(recut(written(sections), size))).toEqual(
        sections.map(({ name, pieces }) => ({
          head: { name },
          bytes: Buffer.concat(pieces).toString("hex"),
        })),
      );
    }),
  );
});

test("a section whose data nobody reads is passed over", async () => {
  const names = [];
  const source = written([
    { name: "one", pieces: [Buffer.from("abc")] },
    { name: "two", pieces: [] },
  ]);
  for await (const { head } of readSections(source)) {
    names.push(head);
  }
  expect(names).toEqual([{ name: "one" }, { name: "two" }]);
});

test("a stream that ends within a frame is refused", async () => {
  const frames: Buffer[] = [];
  for await (const frame of written([{ name: "one", pieces: [Buffer.from("abc")] }])) {
    frames.push(frame);
  }
  const whole = Buffer.concat(frames);
  for (const cut of [whole.length - 1, whole.length - 5]) {
    await expect(read(all([whole.subarray(0, cut)]))).rejects.toBeInstanceOf(SealError);
  }
});
