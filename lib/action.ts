import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import {
  type Caller,
  type CustomerCaller,
  findCaller,
  limitCaller,
  requireCustomer,
  requireGuest,
  requireStaff,
  type StaffCaller,
} from "@/lib/auth";
import { report } from "@/lib/observability";
import { Refusal, type RefusalCode, refusals } from "./errors";
import type { Result } from "./result";

/**
 * Who may call. `guest` makes a guest where there is none; `anyone` may be nobody at all.
 * An admin may do all that a lead may.
 */
type Callers = {
  anyone: Caller | null;
  guest: CustomerCaller;
  customer: CustomerCaller;
  lead: StaffCaller;
  admin: StaffCaller;
};

type Definition<Who extends keyof Callers, Input extends z.ZodType, Data> = {
  name: string;
  caller: Who;
  input: Input;
  rate?: { max: number; windowSeconds: number };
  run: (input: z.output<Input>, caller: Callers[Who]) => Promise<Data>;
};

/** Called with plain input by a component, or as a form's action (with or without JavaScript) through `useActionState`. */
export type Action<Input, Data> = {
  (input: Input): Promise<Result<Data>>;
  (previous: Result<Data> | null, form: FormData): Promise<Result<Data>>;
};

const identify: { [Who in keyof Callers]: () => Promise<Callers[Who]> } = {
  anyone: findCaller,
  guest: requireGuest,
  customer: requireCustomer,
  lead: () => requireStaff("lead"),
  admin: () => requireStaff("admin"),
};

const DEFAULT_RATE = { max: 120, windowSeconds: 60 };

/**
 * Makes a server action, the only thing a "use server" file may export.
 *
 * Every export of such a file is an address anyone can POST to, so the input is parsed, the caller identified and the
 * rate limited here, where none of them can be left out.
 */
export function defineAction<Who extends keyof Callers, Input extends z.ZodType, Data>(
  definition: Definition<Who, Input, Data>,
): Action<z.input<Input>, Data> {
  return async (...given: [unknown, FormData?]): Promise<Result<Data>> => {
    try {
      const input = definition.input.safeParse(plain(given[1] ?? given[0]));
      if (!input.success) {
        return misread(input.error);
      }
      const { name, rate = DEFAULT_RATE } = definition;
      const caller = await limitCaller(name, rate, identify[definition.caller]);
      return { ok: true, data: await definition.run(input.data, caller) };
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof Refusal) {
        return refuse(error.code);
      }
      report(error, { where: `action.${definition.name}` });
      return refuse("unavailable");
    }
  };
}

// Next adds fields of its own to a form, whose names begin with $ACTION.
function plain(given: unknown): unknown {
  return given instanceof FormData
    ? Object.fromEntries([...given].filter(([name]) => !name.startsWith("$ACTION")))
    : given;
}

function refuse(code: RefusalCode): Result<never> {
  return { ok: false, code, message: refusals[code] };
}

// A schema may name a refusal as its message: `z.string().min(1, "message_empty")`.
function misread(error: z.ZodError): Result<never> {
  const named = error.issues.map(({ message }) => message).find(isRefusalCode) ?? "input_invalid";
  const fields = Object.fromEntries(
    error.issues.map(({ path, message }) => [
      path.join("."),
      isRefusalCode(message) ? refusals[message] : message,
    ]),
  );
  return { ok: false, code: named, message: refusals[named], fields };
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}
