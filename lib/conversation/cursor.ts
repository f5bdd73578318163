import type { z } from "zod";
import { Refusal } from "@/lib/errors";

/** Where the next page begins: the last row's order values, opaque to whoever passes it on. */
export function toCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Reads a cursor back; one that we did not make is refused. */
export function fromCursor<Shape extends z.ZodType>(
  shape: Shape,
  cursor: string | null | undefined,
): z.output<Shape> | null {
  if (!cursor) {
    return null;
  }
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new Refusal("input_invalid", { cause });
  }
}
