import { ends, type Statement } from "@/lib/statement";
import type { KnowledgeGraph, Source } from "./knowledge-graph";

/**
 * Puts what was said into the graph: a relation that can have one value at a time ends the one before, and what is taken
 * back ends. The history stays, with the times.
 */
export function stateInGraph(
  graph: KnowledgeGraph,
  said: Statement,
  source: Required<Source>,
): void {
  const before = graph.getHistory().filter(({ until }) => until === null);
  for (const edge of before.filter((each) => ends(said, each))) {
    graph.deleteTriple(edge, { at: source.at });
  }
  if (!said.ends) {
    graph.addTriple(said, source);
  }
}
