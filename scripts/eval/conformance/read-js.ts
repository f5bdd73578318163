import { z } from "zod";
import type { Trace } from "./judge";
import { predict } from "./original";
import { type Kind, messageOf, Operation, Options, type Plan, Said } from "./plan";
import { replay } from "./replay";

const Outcome = z.object({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.string().nullable().default(null),
  stored: z.array(Said),
  summary: z.string().optional(),
  llmCalls: z.number(),
});

const Vector = z.object({
  id: z.string(),
  class: z.string(),
  options: z.unknown(),
  store: z.enum(["live", "copy"]).default("live"),
  responses: z.array(z.string()).default([]),
  failOn: z.array(z.number()).default([]),
  steps: z.array(z.unknown()),
  summaryCalls: z.array(z.record(z.string(), z.string())),
});

const JavaScript = z.object({ vectors: z.array(Vector) });

const KINDS: Record<string, Kind> = {
  BufferMemory: "buffer",
  ConversationBufferMemory: "buffer",
  BufferWindowMemory: "window",
  ConversationBufferWindowMemory: "window",
  ConversationSummaryMemory: "summary",
  ConversationSummaryBufferMemory: "summaryBuffer",
};

/** The traces of LangChain.js. */
export function readJavaScript(json: unknown): Trace[] {
  return JavaScript.parse(json).vectors.map((vector) => {
    const kind = KINDS[vector.class];
    return kind ? readable(vector.id, () => toTrace(vector, kind)) : outOfScope(vector.id);
  });
}

function toTrace(vector: z.infer<typeof Vector>, kind: Kind): Trace {
  const plan: Plan = {
    kind,
    language: "js",
    options: Options.parse(vector.options),
    store: vector.store,
    responses: vector.responses,
    failOn: vector.failOn,
    operations: z.array(Operation).parse(vector.steps),
  };
  return memoryTrace(vector.id, plan, {
    steps: z.array(Outcome).parse(vector.steps),
    calls: vector.summaryCalls,
  });
}

/** A plan with what the original gave. */
export function memoryTrace(id: string, plan: Plan, recorded: object): Trace {
  return {
    id,
    recorded: { refused: null, ...recorded },
    replay: () => replay(plan),
    predict: (differences) => predict(plan, differences),
  };
}

/** A trace that cannot be read has failed; the others are run all the same. */
export function readable(id: string, read: () => Trace): Trace {
  try {
    return read();
  } catch (error) {
    const seen = { unreadable: messageOf(error) };
    return { id, recorded: {}, replay: async () => seen, predict: () => null, isUnreadable: true };
  }
}

export function outOfScope(id: string): Trace {
  return { id, recorded: null, replay: null, predict: () => null };
}
