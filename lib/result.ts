import type { RefusalCode } from "./errors";

/** What a server action answers: plain data, so it survives the wire. */
export type Result<Data> =
  | { ok: true; data: Data }
  | { ok: false; code: RefusalCode; message: string; fields?: Record<string, string> };
