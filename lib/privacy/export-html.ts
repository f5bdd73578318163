import type { Category } from "./export-content";
import { type Show, speakerOf, timeText, walkTold } from "./export-transcript";
import type { SubjectKey } from "./schema";
import { originWords, type Statement } from "./statements";

const STYLE =
  "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}" +
  "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #ddd;padding-top:1rem}h3{font-size:1rem;margin-top:2rem}" +
  "article{margin:.75rem 0;padding:.6rem .9rem;border-radius:.5rem;background:#f4f4f2;white-space:pre-wrap;overflow-wrap:anywhere}" +
  "article.customer{background:#e8f0ea}small{color:#555;display:block}dl{margin:.75rem 0;padding:.6rem .9rem;background:#f4f4f2;border-radius:.5rem}" +
  "dt{color:#555;font-size:.85rem}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}" +
  "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}article,dl{background:#232323}article.customer{background:#1d2c22}small,dt{color:#aaa}h2{border-color:#333}}";

type Page = {
  user: string;
  date: string;
  key: SubjectKey;
  show: Show;
  categories: readonly Category[];
  statements: readonly Statement[];
};

/** One page that reads without a network: what was said first, then everything else, then what the law has us say. */
export async function* page(given: Page): AsyncGenerator<string> {
  const { user, date, key, show, categories, statements } = given;
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>Your data</title><style>${STYLE}</style></head><body><main><h1>Your data</h1>` +
    `<p>Made on ${escapeHtml(date.slice(0, 10))} for ${escapeHtml(user)}. The same data lies beside this page as JSON, ` +
    `each kind with its schema, what was said also as plain text, and manifest.json lists every file with its checksum.</p>`;
  yield* conversations(key, show);
  for (const category of categories.filter(({ name }) => name !== "Message")) {
    yield* section(category);
  }
  yield* statements.map(statement);
  yield "</main></body></html>\n";
}

async function* conversations(key: SubjectKey, show: Show): AsyncGenerator<string> {
  yield "<section><h2>What was said</h2>";
  let isEmpty = true;
  for await (const { conversation, said } of walkTold(key)) {
    isEmpty = false;
    yield `<h3>${escapeHtml(show(String(conversation["title"] ?? "Conversation")))}</h3>`;
    for await (const line of said) {
      yield message(line, show);
    }
  }
  yield isEmpty ? "<p>Nothing.</p></section>" : "</section>";
}

async function* section({ what, origin, records }: Category): AsyncGenerator<string> {
  yield `<section><h2>${escapeHtml(heading(what))}</h2><p><small>${escapeHtml(heading(originWords[origin]))}.</small></p>`;
  let isEmpty = true;
  for await (const record of records()) {
    isEmpty = false;
    yield fields(record);
  }
  yield isEmpty ? "<p>Nothing.</p></section>" : "</section>";
}

function statement({ letter, title, lines }: Statement): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return `<section><h2>${escapeHtml(title)}</h2><p><small>Art. 15(1)(${letter}) GDPR</small></p><ul>${items}</ul></section>`;
}

function message({ role, body, createdAt }: Record<string, unknown>, show: Show): string {
  return (
    `<article class="${escapeHtml(String(role))}"><small>${escapeHtml(speakerOf(role))}, ` +
    `${escapeHtml(timeText(createdAt))}</small>${escapeHtml(show(String(body)))}</article>`
  );
}

function fields(record: Record<string, unknown>): string {
  const rows = Object.entries(record)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([name, value]) => `<dt>${escapeHtml(words(name))}</dt><dd>${escapeHtml(shown(value))}</dd>`,
    );
  return `<dl>${rows.join("")}</dl>`;
}

function shown(value: unknown): string {
  if (value instanceof Date) {
    return timeText(value);
  }
  return typeof value === "object" ? JSON.stringify(value, null, 1) : String(value);
}

function heading(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
