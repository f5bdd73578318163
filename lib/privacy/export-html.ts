import type { Category } from "./export-content";

const STYLE =
  "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}" +
  "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #ddd;padding-top:1rem}h3{font-size:1rem;margin-top:2rem}" +
  "article{margin:.75rem 0;padding:.6rem .9rem;border-radius:.5rem;background:#f4f4f2;white-space:pre-wrap;overflow-wrap:anywhere}" +
  "article.customer{background:#e8f0ea}small{color:#555;display:block}dl{margin:.75rem 0;padding:.6rem .9rem;background:#f4f4f2;border-radius:.5rem}" +
  "dt{color:#555;font-size:.85rem}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}" +
  "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}article,dl{background:#232323}article.customer{background:#1d2c22}small,dt{color:#aaa}h2{border-color:#333}}";

const SPEAKERS: Record<string, string> = {
  customer: "You",
  assistant: "Assistant",
  staff: "Support",
};

/** One page that reads without a network: what was said first, then everything else under its own heading. */
export async function* page(
  user: string,
  date: string,
  categories: readonly Category[],
): AsyncGenerator<string> {
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>Your data</title><style>${STYLE}</style></head><body><main><h1>Your data</h1>` +
    `<p>Made on ${escapeHtml(date.slice(0, 10))} for ${escapeHtml(user)}. The same data lies beside this page as JSON, ` +
    `and manifest.json lists every file with its checksum.</p>`;
  for (const category of categories) {
    yield* section(category);
  }
  yield "</main></body></html>\n";
}

async function* section({ name, what, records }: Category): AsyncGenerator<string> {
  yield `<section><h2>${escapeHtml(heading(what))}</h2>`;
  let isEmpty = true;
  const state = { conversation: "" };
  for await (const record of records()) {
    isEmpty = false;
    yield name === "Message" ? message(record, state) : fields(record);
  }
  yield isEmpty ? "<p>Nothing.</p></section>" : "</section>";
}

function message(record: Record<string, unknown>, state: { conversation: string }): string {
  const { conversationId, role, body, createdAt } = record;
  const began = conversationId === state.conversation ? "" : "<h3>Conversation</h3>";
  state.conversation = String(conversationId);
  const speaker = SPEAKERS[String(role)] ?? String(role);
  return (
    `${began}<article class="${escapeHtml(String(role))}"><small>${escapeHtml(speaker)}, ` +
    `${escapeHtml(shown(createdAt))}</small>${escapeHtml(shown(body))}</article>`
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
    return value.toISOString().slice(0, 16).replace("T", " ");
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
