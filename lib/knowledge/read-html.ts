import TurndownService from "turndown";
import { once } from "@/lib/once";
import { type PageText, titleOfName } from "./page-text";
import { readMarkdown } from "./read-markdown";

/** What is no text of a page, or could load or run something. */
const LEFT_OUT = new Set([
  "title",
  "script",
  "style",
  "noscript",
  "template",
  "iframe",
  "object",
  "embed",
  "form",
  "button",
  "nav",
  "header",
  "footer",
  "aside",
  "svg",
  "canvas",
  "img",
  "picture",
  "video",
  "audio",
]);
const HEAD = /<head\b[\s\S]*?<\/head>/i;
const SAFE_LINK = /^(?:https?:|mailto:|\/(?!\/)|#)/i;

/** A page of a site as Markdown: its main part, without what runs, loads or leads around it. */
export function readHtml(html: string, name: string): PageText {
  const inside = /<main\b[^>]*>([\s\S]*)<\/main>/i.exec(html)?.[1] ?? html;
  const language = /<html\b[^>]*\blang=["']?([a-z]{2})\b/i.exec(html)?.[1]?.toLowerCase();
  const named = /<title\b[^>]*>([\s\S]*?)<\/title>/i.exec(html)?.[1] ?? "";
  // What would be another document's head is no text of this one.
  const page = readMarkdown(service().turndown(inside.replace(HEAD, "")), "");
  const title = page.title || service().turndown(`<p>${named}</p>`) || titleOfName(name);
  return { title, body: page.body, language };
}

function words(text: string | null | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function service(): TurndownService {
  return once("knowledge.turndown", () => {
    const turndown = new TurndownService({
      headingStyle: "atx",
      bulletListMarker: "-",
      codeBlockStyle: "fenced",
    });
    // A rule, because `remove` comes after turndown's own rule for pictures.
    turndown.addRule("what is left out", {
      filter: ({ nodeName }) => LEFT_OUT.has(nodeName.toLowerCase()),
      replacement: () => "",
    });
    turndown.addRule("links that lead somewhere", {
      filter: (node) =>
        node.nodeName === "A" && !SAFE_LINK.test(node.getAttribute("href")?.trim() ?? ""),
      replacement: (content) => content,
    });
    turndown.addRule("tables", {
      filter: "table",
      replacement: (_, node) => `\n\n${tableOf(node)}\n\n`,
    });
    return turndown;
  });
}

function tableOf(table: Node): string {
  const rows = Array.from((table as Element).querySelectorAll("tr"), (row) =>
    Array.from(row.querySelectorAll("th,td"), (cell) =>
      words(cell.textContent).replaceAll("|", "\\|"),
    ),
  );
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(Array.from({ length: width }, () => "---")), ...rest.map(line)].join(
    "\n",
  );
}
