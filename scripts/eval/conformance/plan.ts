import { z } from "zod";

export const Said = z.object({ type: z.string(), content: z.string() });
export type Said = z.infer<typeof Said>;

const Values = z.record(z.string(), z.unknown());

/** One operation of a trace, without what it is to give. */
export const Operation = z.discriminatedUnion("op", [
  z.object({ op: z.literal("save"), inputs: Values, outputs: Values }),
  z.object({ op: z.literal("load"), inputs: Values.default({}) }),
  z.object({ op: z.literal("add"), message: Said }),
  z.object({ op: z.literal("setSummary"), value: z.string() }),
  z.object({ op: z.literal("clear") }),
]);
export type Operation = z.infer<typeof Operation>;

export const Options = z.object({
  returnMessages: z.boolean().default(false),
  memoryKey: z.string().default("history"),
  inputKey: z.string().optional(),
  outputKey: z.string().optional(),
  humanPrefix: z.string().default("Human"),
  aiPrefix: z.string().default("AI"),
  k: z.number().optional(),
  maxTokenLimit: z.number().optional(),
});
export type Options = z.infer<typeof Options>;

export type Kind = "buffer" | "window" | "summary" | "summaryBuffer" | "graph";

/** A trace of a memory as something to do, to ours and to a model of the original alike. */
export type Plan = {
  kind: Kind;
  /** Whose rules the original follows. */
  language: "js" | "py";
  options: Options;
  /** Whether `getMessages` hands out the history itself or a copy. */
  store: "live" | "copy";
  /** What the model answers, call by call; then S<n>. */
  responses: readonly string[];
  /** The calls, from 0, that fail. */
  failOn: readonly number[];
  operations: readonly Operation[];
};

/** What was seen after an operation. */
export type SeenStep = {
  result?: Record<string, unknown>;
  error: string | null;
  stored: Said[];
  storedCount: number;
  summary?: string;
  llmCalls: number;
  triples?: string[][];
};

/** What was seen of a whole plan. `refused` is why the memory was not even made. */
export type Seen = { refused: string | null; steps: SeenStep[]; calls: Record<string, string>[] };

/** The counter of the traces. */
export function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The traces' model: answers in order, fails where it is told to, and keeps what it was asked. */
export class ScriptedModel {
  readonly calls: Record<string, string>[] = [];
  readonly #plan: Pick<Plan, "responses" | "failOn">;

  constructor(plan: Pick<Plan, "responses" | "failOn">) {
    this.#plan = plan;
  }

  answer(call: Record<string, string>): string {
    const index = this.calls.push(call) - 1;
    if (this.#plan.failOn.includes(index)) {
      throw new Error("summariser down");
    }
    return this.#plan.responses[index] ?? `S${index + 1}`;
  }
}
