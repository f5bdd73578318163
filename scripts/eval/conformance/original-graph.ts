import type { Difference } from "./differences";

export type Has = (difference: Difference) => boolean;

/** langchain_community's NetworkxEntityGraph: one relation for each ordered pair of names. */
export class OriginalGraph {
  readonly #has: Has;
  /** By the source's key: its name, and for each target's key the relations, each under its key. */
  readonly #nodes = new Map<string, { name: string; out: Map<string, Map<string, string[]>> }>();

  constructor(has: Has) {
    this.#has = has;
  }

  add([subject, relation, object]: readonly string[]): void {
    const from = this.#node(subject ?? "");
    const to = this.#node(object ?? "");
    const relations = from.out.get(to.key) ?? new Map<string, string[]>();
    const key = this.#edgeKey(relation ?? "");
    if (!(this.#has("edges-by-predicate") && relations.has(key))) {
      relations.set(key, [from.name, relation ?? "", to.name]);
    }
    from.out.set(to.key, relations);
  }

  delete([subject, relation, object]: readonly string[]): void {
    const out = this.#nodes.get(this.#key(subject ?? ""))?.out;
    const target = this.#key(object ?? "");
    const relations = out?.get(target);
    relations?.delete(this.#edgeKey(relation ?? ""));
    if (relations?.size === 0) {
      out?.delete(target);
    }
  }

  /** `[subject, object, relation]`, as the original answers. */
  triples(): string[][] {
    return [...this.#nodes.values()].flatMap(({ out }) =>
      [...out.values()].flatMap((relations) =>
        [...relations.values()].map(([subject = "", relation = "", object = ""]) => [
          subject,
          object,
          relation,
        ]),
      ),
    );
  }

  /** networkx's dfs_edges: an explicit stack, each node entered once. */
  knowledge(entity: string, depth: number): string[] {
    const start = this.#key(entity);
    const told: string[] = [];
    const visited = new Set([start]);
    const stack = [{ left: depth, children: this.#children(start) }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { value, done } = top.children.next();
      if (done) {
        stack.pop();
        continue;
      }
      const [child, relations] = value;
      if (visited.has(child)) {
        continue;
      }
      visited.add(child);
      told.push(...[...relations.values()].map((triple) => triple.join(" ")));
      if (top.left > 1) {
        stack.push({ left: top.left - 1, children: this.#children(child) });
      }
    }
    return told;
  }

  clear(): void {
    this.#nodes.clear();
  }

  #children(key: string) {
    return (this.#nodes.get(key)?.out ?? new Map<string, Map<string, string[]>>()).entries();
  }

  #node(name: string) {
    const key = this.#key(name);
    const known = this.#nodes.get(key) ?? { name, out: new Map() };
    this.#nodes.set(key, known);
    return { key, ...known };
  }

  #key(name: string): string {
    return this.#has("names-without-case") ? folded(name) : name;
  }

  #edgeKey(relation: string): string {
    return this.#has("edges-by-predicate") ? folded(relation) : "the only one";
  }
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}
