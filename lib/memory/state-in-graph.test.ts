import { expect, test } from "vitest";
import type { Statement } from "@/lib/statement";
import { KnowledgeGraph } from "./knowledge-graph";
import { stateInGraph } from "./state-in-graph";

function grown(...said: Statement[]) {
  const graph = new KnowledgeGraph();
  for (const [at, each] of said.entries()) {
    stateInGraph(graph, each, { messageId: `m${at + 1}`, at: `2026-03-0${at + 1}T00:00:00.000Z` });
  }
  return graph;
}

const works = (object: string, more: Partial<Statement> = {}): Statement => ({
  subject: "Customer",
  predicate: "works at",
  object,
  ...more,
});

test("a new employer ends the old one, which stays in the history with its time", () => {
  const graph = grown(works("TechCorp"), works("Initech"));
  expect(graph.getTriples()).toEqual([["Customer", "Initech", "works at"]]);
  expect(graph.getHistory()).toMatchObject([
    { object: "TechCorp", sources: ["m1"], until: "2026-03-02T00:00:00.000Z" },
    { object: "Initech", sources: ["m2"], until: null },
  ]);
});

test("said again, a relation gets one more source and no second edge", () => {
  expect(grown(works("TechCorp"), works("techcorp")).getHistory()).toMatchObject([
    { sources: ["m1", "m2"], until: null },
  ]);
});

test("what is taken back ends, and can be said anew later", () => {
  const graph = grown(works("TechCorp"), works("TechCorp", { ends: true }));
  expect(graph.getTriples()).toEqual([]);
  stateInGraph(graph, works("TechCorp"), { messageId: "m3", at: "2026-03-03T00:00:00.000Z" });
  expect(graph.getTriples()).toEqual([["Customer", "TechCorp", "works at"]]);
  expect(graph.getHistory()).toHaveLength(2);
});

test("relations of other people to other things stay as they were", () => {
  const sam: Statement = { subject: "Sam", predicate: "works at", object: "TechCorp" };
  expect(grown(sam, works("Initech")).getTriples()).toHaveLength(2);
});
