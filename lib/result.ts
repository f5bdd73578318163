import type { RefusalCode } from "./errors";

/** What a server action answers: plain data, so it survives the wire. */
export type Result<Data> =
  | { ok: true; data: Data }
  | { ok: false; code: RefusalCode; message: string; fields?: Record<string, string> };

/** A server action as a component gets it: called with plain input. */
export type Act<Input, Data = unknown> = (input: Input) => Promise<Result<Data>>;

/** A server action as a form gets it, through `useActionState`. */
export type FormAct<Data = void> = (
  previous: Result<Data> | null,
  form: FormData,
) => Promise<Result<Data>>;
