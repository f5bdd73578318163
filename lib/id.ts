import { v7 } from "uuid";
import { z } from "zod";

/** An id of ours: a UUID, version 7 when we make it, so that ids sort by time. */
export const Id = z.uuid();

/** A fresh UUIDv7. Ids are made before insert because sealing binds them. */
export function newId(): string {
  return v7();
}
