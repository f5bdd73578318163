import { deflateRawSync, inflateRawSync } from "node:zlib";
import { open, SealError, seal } from "@/lib/privacy";
import type { Place, SubjectKey } from "@/lib/privacy/schema";
import { policy } from "./policy";

const PLAIN = "p";
const DEFLATED = "z";
const INFLATED_BYTES_MAX = 64 * 1024 * 1024;

/** Stands before the envelope of a compressed value, so that statistics can count it unopened; its own first byte is 1. */
export const COMPRESSED = Buffer.from("z");

/** Seals JSON for Redis; above 1,024 bytes it is compressed first, because sealed bytes do not compress. */
export function sealValue(key: SubjectKey, place: Place, value: unknown): Buffer {
  const text = JSON.stringify(value);
  const isLarge = Buffer.byteLength(text, "utf8") > policy.compressAboveBytes;
  const packed = isLarge ? DEFLATED + deflateRawSync(text).toString("base64") : PLAIN + text;
  const sealed = seal(key, place, packed);
  return isLarge ? Buffer.concat([COMPRESSED, sealed]) : Buffer.from(sealed);
}

/**
 * The messages, when they are all that a stamp speaks of: each once, in order, beyond `after`, up to exactly `through`.
 * Stamps lie beside the sealed values in the clear, and may have been damaged alone.
 */
export function requireWhole<Message extends { seq: number }>(
  messages: Message[],
  { after, through }: { after: number; through: number },
): Message[] {
  let last = after;
  for (const { seq } of messages) {
    if (seq <= last) {
      throw new SealError("A copy holds a message twice, or one that was folded");
    }
    last = seq;
  }
  if (last !== through) {
    throw new SealError("A copy does not end where its stamp says");
  }
  return messages;
}

/** Opens what sealValue made. Anything else is a SealError: a foreign or broken value is never half believed. */
export function openValue(key: SubjectKey, place: Place, sealed: Uint8Array): unknown {
  // What stands before it is for counting; what is inside says how to read it.
  const isMarked = sealed[0] === COMPRESSED[0];
  const packed = open(key, place, isMarked ? sealed.subarray(1) : sealed);
  try {
    if (packed.startsWith(DEFLATED)) {
      const bytes = Buffer.from(packed.slice(1), "base64");
      return JSON.parse(
        inflateRawSync(bytes, { maxOutputLength: INFLATED_BYTES_MAX }).toString("utf8"),
      );
    }
    return JSON.parse(packed.slice(1));
  } catch (cause) {
    throw new SealError(`${place.table}.${place.column} is not of a known form`, { cause });
  }
}
