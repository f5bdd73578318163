import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DIFFERENCES } from "./differences";
import { judge } from "./judge";
import { predict } from "./original";
import { type Operation, Options, type Plan } from "./plan";
import { memoryTrace, readJavaScript } from "./read-js";
import { readPython } from "./read-py";
import { replay } from "./replay";

const everyDifference = new Set(DIFFERENCES);
const text = fc.constantFrom("", "hi", "tea\nAI: yes", "one two three", "sam", "a\u2028b");
const name = fc.constantFrom("Sam", "sam", "tea", "Rex", "");
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: saving() },
  { weight: 3, arbitrary: text.map((input): Operation => ({ op: "load", inputs: { input } })) },
  fc.record({
    op: fc.constant("add" as const),
    message: fc.record({ type: fc.constantFrom("human", "ai", "system"), content: text }),
  }),
  fc.constant<Operation>({ op: "clear" }),
);
const answer = fc.oneof(
  fc.constantFrom("", " \n", "S", "NONE", "Sam, tea"),
  fc
    .array(fc.tuple(name, fc.constantFrom("likes", "Likes", "hates"), name), { maxLength: 3 })
    .map((triples) => triples.map((triple) => `(${triple.join(", ")})`).join("<|>")),
);
const options = fc.record({
  returnMessages: fc.boolean(),
  humanPrefix: fc.constantFrom("Human", "Friend"),
  k: fc.integer({ min: -2, max: 4 }),
  maxTokenLimit: fc.integer({ min: -1, max: 20 }),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom("buffer", "window", "summary", "summaryBuffer"),
  language: fc.constantFrom("js", "py"),
  options: options.map((some) => Options.parse(some)),
  store: fc.constantFrom("live", "copy"),
  responses: fc.array(answer),
  failOn: fc.array(fc.nat(5)),
  operations: fc.array(operation, { maxLength: 15 }),
});

function saving(): fc.Arbitrary<Operation> {
  const values = fc.dictionary(fc.constantFrom("a", "b"), text, {
    maxKeys: 2,
    noNullPrototype: true,
  });
  const good = fc
    .tuple(text, text)
    .map(([input, output]) => ({ inputs: { input }, outputs: { output } }));
  return fc
    .oneof({ weight: 4, arbitrary: good }, fc.record({ inputs: values, outputs: values }))
    .map((some): Operation => ({ op: "save", ...some }));
}

test("ours is the original with the named differences and nothing else, whatever is done", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (some) => {
      expect(await replay(some)).toEqual(predict(some, everyDifference));
    }),
    { numRuns: 1000 },
  );
});

test("so is the graph's memory, while its model answers", async () => {
  const graph = plan.map((some): Plan => ({ ...some, kind: "graph", language: "py", failOn: [] }));
  await fc.assert(
    fc.asyncProperty(graph, async (some) => {
      expect(await replay(some)).toEqual(predict(some, everyDifference));
    }),
    { numRuns: 500 },
  );
});

describe("the judge", () => {
  const said = [
    { type: "human", content: "one" },
    { type: "ai", content: "two" },
  ];
  const windowTrace = (id: string, shown: string) =>
    readJavaScript({
      vectors: [
        {
          id,
          class: "BufferWindowMemory",
          options: { k: 0 },
          steps: [
            { op: "save", inputs: { i: "one" }, outputs: { o: "two" }, stored: said, llmCalls: 0 },
            { op: "load", result: { history: shown }, stored: said, llmCalls: 0 },
          ],
          summaryCalls: [],
        },
      ],
    });

  const verdictOf = async ([trace]: ReturnType<typeof readJavaScript>) => trace && judge(trace);

  test("calls a trace deliberate under the fewest names that predict ours to the letter", async () => {
    expect(await verdictOf(windowTrace("k0", "Human: one\nAI: two"))).toEqual({
      kind: "deliberate",
      differences: ["nothing-for-k-0"],
    });
  });

  test("fails a trace that the model of the original does not give either", async () => {
    expect(await verdictOf(windowTrace("k0", "Human: something else"))).toMatchObject({
      kind: "failed",
    });
  });

  test("fails a trace where ours is not what the named differences predict", async () => {
    const plan: Plan = {
      kind: "buffer",
      language: "js",
      options: Options.parse({}),
      store: "live",
      responses: [],
      failOn: [],
      operations: [{ op: "load", inputs: {} }],
    };
    const recorded = { steps: [{ error: null, result: { history: "" } }] };
    const trace = memoryTrace("spoiled", plan, recorded);
    const spoiled = { ...trace, replay: async () => ({ refused: null, steps: [], calls: [] }) };
    expect(await judge(trace)).toEqual({ kind: "passed" });
    expect(await judge(spoiled)).toMatchObject({ kind: "failed" });
  });

  test("leaves out classes that are none of the five", async () => {
    const vector = { id: "e", class: "EntityMemory", options: {}, steps: [], summaryCalls: [] };
    expect(await verdictOf(readJavaScript({ vectors: [vector] }))).toEqual({ kind: "outOfScope" });
    expect(await verdictOf(readPython({ entities: [{ any: "thing" }] }))).toEqual({
      kind: "outOfScope",
    });
  });

  test("fails a trace that it cannot read, and goes on", async () => {
    const unknown = { id: "u", class: "BufferMemory", options: {}, steps: [{ op: "fly" }] };
    const traces = readJavaScript({ vectors: [{ ...unknown, summaryCalls: [] }] });
    expect(await verdictOf(traces)).toMatchObject({ kind: "failed" });
    const ops = [["fly", ["a", "b", "c"]]];
    const graph = { triples: [], ops, "get_triples (subject, object, relation)": [] };
    expect(await verdictOf(readPython({ graph: [graph] }))).toMatchObject({ kind: "failed" });
  });

  test("reads Python's parsers, graphs, scripts and prunes", async () => {
    const verdicts = readPython({
      parse_triples: [{ in: "(Rex, is, old)", out: [["Rex", "is", "old"]] }],
      graph: [
        {
          triples: [["Rex", "is", "old"]],
          ops: [["delete_triple", ["Rex", "was", "old"]]],
          "get_triples (subject, object, relation)": [],
          knowledge: [{ entity: "Rex", depth: 1, out: [] }],
        },
      ],
      kg_memory: [
        {
          id: "kg",
          options: { memory_key: "known" },
          responses: ["Rex"],
          steps: [
            { op: "load", inputs: { i: "Rex?" }, result: { known: "" }, triples: [], stored: [] },
          ],
          llm_calls: [{ prompt: "ENTITY_EXTRACTION_PROMPT", history: "", input: "Rex?" }],
        },
      ],
      summary_buffer: [
        {
          max_token_limit: 9,
          steps: [{ turn: 1, load: "Human: bar1\nAI: foo1", stored: 2, llmCalls: 0 }],
          summary_calls: [],
        },
      ],
    }).map((trace) => judge(trace));
    expect((await Promise.all(verdicts)).map(({ kind }) => kind)).toEqual([
      "passed",
      "deliberate",
      "passed",
      "passed",
    ]);
  });
});

test("every difference stands in the table of the memory's door, and has a test of its name", () => {
  const door = readFileSync("lib/memory/index.ts", "utf8");
  const tests = readFileSync("lib/memory/differences.test.ts", "utf8");
  const rows = [...door.matchAll(/^ \* \| `([a-z0-9-]+)` \|/gm)].map(([, row]) => row);
  expect(rows).toEqual([...DIFFERENCES]);
  const tested = [...tests.matchAll(/^describe\("([a-z0-9-]+)"/gm)].map(([, named]) => named);
  expect(tested).toEqual([...DIFFERENCES]);
});
