import type { KnowledgeEdge, Triple } from "./schema";

/** Where a triple comes from. */
export type Source = { messageId?: string; at?: string };

type Node = { name: string; out: Map<string, Map<string, KnowledgeEdge>> };

/**
 * A directed graph of what was said, after langchain_community's `NetworkxEntityGraph`.
 *
 * Names are the same whatever their case. Edges are keyed by their predicate: "likes tea" and "hates tea" both stay, where
 * the original keeps the last. Nothing is overwritten: said again, an edge gets one more source; taken back, an end.
 */
export class KnowledgeGraph {
  private readonly nodes = new Map<string, Node>();
  private edges: KnowledgeEdge[] = [];

  constructor(edges: readonly KnowledgeEdge[] = []) {
    for (const edge of edges) {
      this.put({ ...edge, sources: [...edge.sources] });
    }
  }

  /** Adds a relation, or one more source to it. */
  addTriple(triple: Triple, { messageId, at }: Source = {}): void {
    const known = this.find(triple);
    if (!known) {
      const { subject, predicate, object } = triple;
      const sources = messageId ? [messageId] : [];
      this.put({ subject, predicate, object, sources, since: at ?? null, until: null });
    } else if (messageId && !known.sources.includes(messageId)) {
      known.sources.push(messageId);
    }
  }

  /** Ends a relation: exactly this one, not every relation of the two. Its history stays. */
  deleteTriple(triple: Triple, { at = new Date().toISOString() }: Source = {}): void {
    const edge = this.find(triple);
    const out = this.nodes.get(sameName(triple.subject))?.out;
    const predicates = out?.get(sameName(triple.object));
    if (!edge || !predicates) {
      return;
    }
    edge.until = at;
    predicates.delete(sameName(triple.predicate));
    if (predicates.size === 0) {
      out?.delete(sameName(triple.object));
    }
  }

  /** What holds now, as `[subject, object, predicate]`, which is the original's order. */
  getTriples(): [subject: string, object: string, predicate: string][] {
    return [...this.nodes.values()].flatMap(({ out }) =>
      [...out.values()].flatMap((predicates) =>
        [...predicates.values()].map(({ subject, object, predicate }): [string, string, string] => [
          subject,
          object,
          predicate,
        ]),
      ),
    );
  }

  /** All relations ever, oldest first: those that ended, too. */
  getHistory(): KnowledgeEdge[] {
    return this.edges.map((edge) => ({ ...edge, sources: [...edge.sources] }));
  }

  /** The names of all that is spoken of, as they were first written. */
  getEntities(): string[] {
    return [...this.nodes.values()].map(({ name }) => name);
  }

  /** Sentences about an entity, `depth` steps far, each neighbour once (networkx's `dfs_edges`). */
  getEntityKnowledge(entity: string, depth = 1): string[] {
    const start = sameName(entity);
    const told: string[] = [];
    const seen = new Set([start]);
    const visit = (from: string, stepsLeft: number) => {
      for (const [to, predicates] of this.nodes.get(from)?.out ?? []) {
        if (seen.has(to)) {
          continue;
        }
        seen.add(to);
        told.push(...[...predicates.values()].map(sentence));
        if (stepsLeft > 1) {
          visit(to, stepsLeft - 1);
        }
      }
    };
    visit(start, depth);
    return told;
  }

  clear(): void {
    this.nodes.clear();
    this.edges = [];
  }

  private put(said: KnowledgeEdge): void {
    const from = this.node(said.subject);
    const object = this.node(said.object).name;
    const edge = { ...said, subject: from.name, object };
    this.edges.push(edge);
    if (edge.until !== null) {
      return;
    }
    const to = sameName(edge.object);
    const predicates = from.out.get(to) ?? new Map<string, KnowledgeEdge>();
    predicates.set(sameName(edge.predicate), edge);
    from.out.set(to, predicates);
  }

  private node(name: string): Node {
    const known = this.nodes.get(sameName(name)) ?? { name, out: new Map() };
    this.nodes.set(sameName(name), known);
    return known;
  }

  private find({ subject, predicate, object }: Triple): KnowledgeEdge | undefined {
    const predicates = this.nodes.get(sameName(subject))?.out.get(sameName(object));
    return predicates?.get(sameName(predicate));
  }
}

/** One spelling of a name, whatever its case and spaces. */
export function sameName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

function sentence({ subject, predicate, object }: KnowledgeEdge): string {
  return `${subject} ${predicate} ${object}`;
}
