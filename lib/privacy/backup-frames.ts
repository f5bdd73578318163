import { SealError } from "./seal-error";

/*
 * What a backup holds, one thing after another in frames: kind (1 byte) │ length (4 bytes, big-endian) │ bytes.
 * A section is its head (JSON) and any number of pieces of data; it ends where the next head begins.
 */
const HEAD = 1;
const DATA = 2;
const FRAME_HEAD_BYTES = 5;
const FRAME_BYTES_MAX = 16 * 1024 * 1024;

type Bytes = AsyncIterable<Uint8Array>;

function frame(kind: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt8(kind);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** The head of a section. */
export function headFrame(value: unknown): Buffer {
  return frame(HEAD, Buffer.from(JSON.stringify(value)));
}

/** A section's data, in pieces that a reader holds one at a time. */
export async function* dataFrames(source: Bytes): AsyncGenerator<Buffer> {
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += FRAME_BYTES_MAX) {
      yield frame(DATA, bytes.subarray(at, at + FRAME_BYTES_MAX));
    }
  }
}

export type Section = { head: unknown; data: () => AsyncGenerator<Buffer> };

/** The sections of a stream. Each one's data must be read before the next section is asked for. */
export async function* readSections(source: Bytes): AsyncGenerator<Section> {
  const frames = new Frames(source);
  for (let next = await frames.next(); next; next = await frames.next()) {
    if (next.kind !== HEAD) {
      throw new SealError("The backup has data that belongs to nothing");
    }
    yield { head: JSON.parse(next.bytes.toString("utf8")), data: () => frames.dataOfSection() };
    // Whoever did not want the data is not served it as the next head.
    for await (const _ of frames.dataOfSection()) {
      // Skipped.
    }
  }
}

type Frame = { kind: number; bytes: Buffer };

class Frames {
  readonly #reader: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);
  #peeked: Frame | null = null;

  constructor(source: Bytes) {
    this.#reader = source[Symbol.asyncIterator]();
  }

  async next(): Promise<Frame | null> {
    const peeked = this.#peeked;
    this.#peeked = null;
    return peeked ?? (await this.#read());
  }

  async *dataOfSection(): AsyncGenerator<Buffer> {
    for (let next = await this.next(); next; next = await this.next()) {
      if (next.kind === HEAD) {
        this.#peeked = next;
        return;
      }
      yield next.bytes;
    }
  }

  async #read(): Promise<Frame | null> {
    if (!(await this.#fill(FRAME_HEAD_BYTES)) && this.#held.length === 0) {
      return null;
    }
    if (this.#held.length < FRAME_HEAD_BYTES) {
      throw new SealError("The backup is cut off");
    }
    const kind = this.#held.readUInt8();
    const length = this.#held.readUInt32BE(1);
    const size = FRAME_HEAD_BYTES + length;
    if ((kind !== HEAD && kind !== DATA) || length > FRAME_BYTES_MAX || !(await this.#fill(size))) {
      throw new SealError("The backup is not of a known form");
    }
    const bytes = this.#held.subarray(FRAME_HEAD_BYTES, size);
    this.#held = this.#held.subarray(size);
    return { kind, bytes };
  }

  /** Holds at least `size` bytes, or says that the stream has ended. */
  async #fill(size: number): Promise<boolean> {
    const pieces: Uint8Array[] = [this.#held];
    let length = this.#held.length;
    while (length < size) {
      const next = await this.#reader.next();
      if (next.done) {
        break;
      }
      pieces.push(next.value);
      length += next.value.length;
    }
    this.#held = pieces.length > 1 ? Buffer.concat(pieces) : this.#held;
    return length >= size;
  }
}
