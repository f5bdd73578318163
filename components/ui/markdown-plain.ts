/** As much of a Markdown tree as is touched here. */
type Node = {
  type: string;
  value?: string;
  alt?: string | null;
  checked?: boolean | null;
  children?: Node[];
};

/** Turns what is not drawn into the text it was written as: HTML, images, task boxes. Nothing is lost unseen. */
export function plainOnly() {
  return (tree: Node): void => walk(tree, (node) => [plain(node)]);
}

function plain(node: Node): Node {
  switch (node.type) {
    case "html":
      return { type: "text", value: node.value ?? "" };
    case "image":
    case "imageReference":
      return { type: "text", value: node.alt ?? "" };
    case "listItem":
      return withoutBox(node);
    default:
      return node;
  }
}

/** Punctuation that an address may end before, or go on after. */
const TRAILING = /[\s.,:;!?'"*_~)&\]>-]+$/u;

/** Unlinks an address that the stream has only begun: `https://example.co` may become `https://example.com`. */
export function unfinishedLinks(source: string) {
  const end = source.replace(TRAILING, "");
  return (tree: Node): void => {
    walk(tree, (node) => {
      const unfinished = node.type === "link" && end.endsWith(textOf(node).replace(TRAILING, ""));
      return unfinished ? (node.children ?? []) : [node];
    });
  };
}

/** The words inside a node of either tree, without any markup. */
export function textOf(node: { value?: unknown; children?: readonly unknown[] }): string {
  const own = typeof node.value === "string" ? node.value : "";
  return own + (node.children ?? []).map((child) => textOf(child as Node)).join("");
}

function walk(node: Node, replace: (node: Node) => Node[]): void {
  if (node.children) {
    node.children = node.children.flatMap(replace);
    for (const child of node.children) {
      walk(child, replace);
    }
  }
}

function withoutBox(item: Node): Node {
  const first = item.children?.[0];
  if (typeof item.checked !== "boolean" || first?.type !== "paragraph") {
    return item;
  }
  const sign = { type: "text", value: item.checked ? "☑ " : "☐ " };
  first.children = [sign, ...(first.children ?? [])];
  return { ...item, checked: null };
}
