import { type PageText, titleOfName } from "./page-text";

const HEAD = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;
const FIRST_HEADING = /^\s*#\s+(.+?)\s*#*\s*(?:\n|$)/;

/** A Markdown file: what stands between two lines of dashes at its beginning, else its first heading, names it. */
export function readMarkdown(text: string, name: string): PageText {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const fields = fieldsOf(HEAD.exec(plain)?.[1] ?? "");
  const body = plain.replace(HEAD, "");
  const heading = FIRST_HEADING.exec(body)?.[1];
  const title = fields["title"] ?? heading ?? titleOfName(name);
  // The title is shown above the text already.
  const rest = heading && title === heading ? body.replace(FIRST_HEADING, "") : body;
  const { category, language, audience } = fields;
  return { title, body: rest.trim(), category, language, audience };
}

/** `name: value` lines; quotes around a value are left out. */
function fieldsOf(head: string): Record<string, string | undefined> {
  const fields: Record<string, string> = {};
  for (const line of head.split("\n")) {
    const [, name, value] = /^(\w+):\s+(.*\S)\s*$/.exec(line) ?? [];
    if (name && value) {
      fields[name.toLowerCase()] = value.replace(/^(["'])(.*)\1$/, "$2");
    }
  }
  return fields;
}
