import { openRows } from "./collect";
import type { SubjectKey } from "./schema";
import { ownedBy, walkRows } from "./store-rows";
import { countSaid, findNewestSummaries, walkSaid } from "./store-transcript";

type Row = Record<string, unknown>;

/** A conversation with what was said in it, opened as it is read. */
export type Told = { conversation: Row; said: AsyncIterable<Row> };

const conversations = ownedBy("Conversation");

/** The person's conversations, oldest first, each with its messages in order. Holds a page at a time. */
export async function* walkTold(key: SubjectKey): AsyncGenerator<Told> {
  for await (const rows of walkRows(conversations, key.ownerId)) {
    for (const conversation of await openRows("Conversation", rows, key)) {
      yield { conversation, said: saidIn(String(conversation["id"]), key) };
    }
  }
}

async function* saidIn(conversationId: string, key: SubjectKey): AsyncGenerator<Row> {
  for await (const rows of walkSaid(conversationId)) {
    yield* await openRows("Message", rows, key);
  }
}

/** How a text is shown: as it was said, or with something hidden in it. */
export type Show = (text: string) => string;

/** One line a conversation: its newest summary and how much was said. */
export async function* walkOverview(key: SubjectKey, show: Show): AsyncGenerator<Row> {
  for await (const rows of walkRows(conversations, key.ownerId)) {
    const ids = rows.map(({ id }) => String(id));
    const summaries = await openRows("CaseSummary", await findNewestSummaries(ids), key);
    const said = await countSaid(ids);
    for (const { id, created_at: createdAt } of rows) {
      const summary = summaries.find(({ conversationId }) => conversationId === id);
      yield {
        conversationId: id,
        summary: summary ? show(summaryText(summary["body"])) : null,
        messageCount: said.get(String(id)) ?? 0,
        createdAt,
      };
    }
  }
}

function summaryText(body: unknown): string {
  if (typeof body !== "object" || body === null) {
    return String(body);
  }
  const { line, sentences } = body as { line?: unknown; sentences?: { text?: unknown }[] };
  const told = sentences?.map(({ text }) => String(text)).join(" ");
  return told || String(line ?? "");
}

const SPEAKERS: Record<string, string> = {
  customer: "You",
  assistant: "Assistant",
  staff: "Support team",
  boundary: "—",
  event: "—",
};

export function speakerOf(role: unknown): string {
  return SPEAKERS[String(role)] ?? String(role);
}

/** Everything that was said, as plain text. */
export async function* transcript(key: SubjectKey, show: Show): AsyncGenerator<string> {
  for await (const { conversation, said } of walkTold(key)) {
    const title = String(conversation["title"] ?? "Conversation");
    yield `# ${show(title)}\n${timeText(conversation["createdAt"])} · ${conversation["id"]}\n\n`;
    for await (const { role, body, createdAt, state } of said) {
      const broken = state === "interrupted" ? " (broken off)" : "";
      yield `[${timeText(createdAt)}] ${speakerOf(role)}${broken}: ${show(String(body))}\n\n`;
    }
    yield "\n";
  }
}

/** A time to the minute, in UTC. */
export function timeText(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 16).replace("T", " ") : String(value);
}
