import { z } from "zod";
import { KnowledgeGraph, parseEntities, parseTriples } from "@/lib/memory";
import type { Trace } from "./judge";
import { OriginalGraph } from "./original-graph";
import { parseOriginalEntities, parseOriginalTriples } from "./original-text";
import { Operation, Options } from "./plan";
import { memoryTrace, outOfScope, readable } from "./read-js";

const TripleParts = z.tuple([z.string(), z.string(), z.string()]);
type TripleParts = z.infer<typeof TripleParts>;
const NO_TRIPLE: TripleParts = ["", "", ""];
const Parsed = z.object({ in: z.string(), out: z.unknown() });
const Graph = z.object({
  triples: z.array(TripleParts),
  ops: z.array(z.tuple([z.enum(["add_triple", "delete_triple", "clear"]), TripleParts.optional()])),
  "get_triples (subject, object, relation)": z.array(TripleParts),
  knowledge: z.array(z.object({ entity: z.string(), depth: z.number(), out: z.array(z.string()) })),
});
const KgStep = z.object({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.string().nullable().default(null),
  triples: z.array(z.array(z.string())),
  stored: z.array(z.string()),
});
const Kg = z.object({
  id: z.string(),
  options: z.record(z.string(), z.unknown()),
  responses: z.array(z.string()).default([]),
  steps: z.array(z.unknown()),
  llm_calls: z.array(z.record(z.string(), z.string())),
});
const SummaryBuffer = z.object({
  max_token_limit: z.number(),
  steps: z.array(
    z.object({ turn: z.number(), load: z.string(), stored: z.number(), llmCalls: z.number() }),
  ),
  summary_calls: z.array(z.record(z.string(), z.string())),
});

const SECTIONS: Record<string, (row: unknown, id: string) => Trace> = {
  parse_triples: (row, id) =>
    parserTrace(id, row, parseOriginalTriples, (text) =>
      parseTriples(text).map(({ subject, predicate, object }) => [subject, predicate, object]),
    ),
  get_entities: (row, id) => parserTrace(id, row, parseOriginalEntities, parseEntities),
  graph: graphTrace,
  kg_memory: kgTrace,
  summary_buffer: summaryBufferTrace,
};

/** The traces of Python. A section that is none of these is of a class that is none of the five. */
export function readPython(json: unknown): Trace[] {
  return Object.entries(z.record(z.string(), z.unknown()).parse(json)).flatMap(([name, rows]) => {
    const read = SECTIONS[name] ?? ((_row: unknown, id: string) => outOfScope(id));
    return Array.isArray(rows)
      ? rows.map((row, at) => readable(`${name} ${at + 1}`, () => read(row, `${name} ${at + 1}`)))
      : [];
  });
}

function parserTrace(
  id: string,
  row: unknown,
  original: (text: string) => unknown,
  ours: (text: string) => unknown,
): Trace {
  const { in: text, out } = Parsed.parse(row);
  return { id, recorded: out, replay: async () => ours(text), predict: () => original(text) };
}

function graphTrace(row: unknown, id: string): Trace {
  const graph = Graph.parse(row);
  const recorded = {
    triples: graph["get_triples (subject, object, relation)"],
    knowledge: graph.knowledge.map(({ out }) => out),
  };
  const predict: Trace["predict"] = (differences) => {
    const original = new OriginalGraph((difference) => differences.has(difference));
    const doing = {
      add_triple: (triple: readonly string[]) => original.add(triple),
      delete_triple: (triple: readonly string[]) => original.delete(triple),
      clear: () => original.clear(),
    };
    for (const triple of graph.triples) {
      original.add(triple);
    }
    for (const [name, triple = NO_TRIPLE] of graph.ops) {
      doing[name](triple);
    }
    const ask = graph.knowledge.map(({ entity, depth }) => original.knowledge(entity, depth));
    return { triples: original.triples(), knowledge: ask };
  };
  return { id, recorded, predict, replay: async () => replayGraph(graph) };
}

function replayGraph({ triples, ops, knowledge }: z.infer<typeof Graph>) {
  const graph = new KnowledgeGraph();
  const doing = {
    add_triple: ([subject, predicate, object]: TripleParts) =>
      graph.addTriple({ subject, predicate, object }),
    delete_triple: ([subject, predicate, object]: TripleParts) =>
      graph.deleteTriple({ subject, predicate, object }),
    clear: () => graph.clear(),
  };
  for (const triple of triples) {
    doing.add_triple(triple);
  }
  for (const [name, triple = NO_TRIPLE] of ops) {
    doing[name](triple);
  }
  return {
    triples: graph.getTriples(),
    knowledge: knowledge.map(({ entity, depth }) => graph.getEntityKnowledge(entity, depth)),
  };
}

function kgTrace(row: unknown): Trace {
  const { id, options, responses, steps, llm_calls: calls } = Kg.parse(row);
  const plan = {
    kind: "graph" as const,
    language: "py" as const,
    options: Options.parse(camelCased(options)),
    store: "live" as const,
    responses,
    failOn: [],
    operations: z.array(Operation).parse(steps),
  };
  const seen = z.array(KgStep).parse(steps);
  return memoryTrace(id, plan, {
    calls,
    steps: seen.map(({ stored, ...step }) => ({
      ...step,
      stored: stored.map((line) => ({
        type: line.slice(0, line.indexOf(":")),
        content: line.slice(line.indexOf(":") + 1),
      })),
    })),
  });
}

/** The trace tells its turns by number: "bar1" is answered by "foo1". */
function summaryBufferTrace(row: unknown, id: string): Trace {
  const { max_token_limit: maxTokenLimit, steps, summary_calls: calls } = SummaryBuffer.parse(row);
  const plan = {
    kind: "summaryBuffer" as const,
    language: "py" as const,
    options: Options.parse({ maxTokenLimit }),
    store: "live" as const,
    responses: [],
    failOn: [],
    operations: steps.flatMap(({ turn }): Operation[] => [
      { op: "save", inputs: { input: `bar${turn}` }, outputs: { output: `foo${turn}` } },
      { op: "load", inputs: {} },
    ]),
  };
  return memoryTrace(id, plan, {
    calls,
    steps: steps.flatMap(({ load, stored: storedCount, llmCalls }) => [
      { error: null, storedCount, llmCalls },
      { error: null, storedCount, llmCalls, result: { history: load } },
    ]),
  });
}

function camelCased(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
