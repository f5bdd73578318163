export type Reference = { from: string; to: string };

/** Tables in an order in which each stands behind those that it refers to; by name where nothing decides. */
export function inOrder<Table extends { name: string }>(
  tables: readonly Table[],
  references: readonly Reference[],
): Table[] {
  const left = new Map(
    [...tables].sort((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]),
  );
  const ordered: Table[] = [];
  while (left.size > 0) {
    const free = [...left.values()].find(({ name }) =>
      references.every(({ from, to }) => from !== name || to === name || !left.has(to)),
    );
    if (!free) {
      throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join(", ")}`);
    }
    left.delete(free.name);
    ordered.push(free);
  }
  return ordered;
}
