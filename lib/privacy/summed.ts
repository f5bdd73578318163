import { createHash } from "node:crypto";

const NEWLINE = 10;

/** What passed through, counted: in COPY's text a row is a line, because line breaks inside of values are escaped. */
export type Sum = { bytes: number; rows: number; sha256: string };

/** Passes a stream on and tells at its end what it was. */
export async function* summed(
  source: AsyncIterable<Uint8Array>,
  done: (sum: Sum) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let [bytes, rows] = [0, 0];
  for await (const piece of source) {
    hash.update(piece);
    bytes += piece.length;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) {
      rows += 1;
    }
    yield piece;
  }
  done({ bytes, rows, sha256: hash.digest("hex") });
}
