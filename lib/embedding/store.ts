import { createHash } from "node:crypto";
import { withRedis } from "@/lib/storage";
import type { Keep } from "./rerank";

const KEPT_SECONDS = 30 * 24 * 3600;

function keyOf(model: string, text: string): string {
  const hash = createHash("sha256").update(`${model}\n${text}`).digest("base64url");
  return `rc:embed:${hash}`;
}

/**
 * Vectors of help passages, in Redis by a hash of their text, for a month. Never of what customers say: a vector tells
 * much of its text, and nothing of a person may lie there in clear.
 */
export const keepPassageVectors: Keep = {
  async read(model, texts) {
    try {
      return await Promise.all(
        texts.map(async (text) => {
          const bytes = await withRedis((redis) => redis.getBuffer(keyOf(model, text)));
          return bytes && toVector(bytes);
        }),
      );
    } catch {
      // Without Redis every vector is asked for anew.
      return texts.map(() => null);
    }
  },
  async write(model, texts, vectors) {
    const pairs = texts.flatMap((text, at) => {
      const vector = vectors[at];
      return vector ? [{ key: keyOf(model, text), bytes: Buffer.from(vector.buffer) }] : [];
    });
    await Promise.all(
      pairs.map(({ key, bytes }) =>
        withRedis((redis) => redis.set(key, bytes, "EX", KEPT_SECONDS)),
      ),
    ).catch(() => undefined);
  },
};

function toVector(bytes: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
