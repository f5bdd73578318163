import { z } from "zod";
import { asRedacted, open, seal } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { AnswerMeta, type MessageRole, type MessageView, ToolCall } from "./schema";

/** What stands sealed beside a message's text. */
export const StoredMeta = AnswerMeta.extend({
  authorName: z.string().optional(),
  tool: ToolCall.optional(),
});
export type StoredMeta = z.infer<typeof StoredMeta>;

/** A message as it lies in the table. */
export type MessageRow = {
  id: string;
  seq: number;
  role: MessageRole;
  state: "final" | "interrupted";
  bodySealed: Uint8Array;
  metaSealed: Uint8Array | null;
  turnId: string | null;
  forgottenAt: Date | null;
  createdAt: Date;
};

const bodyAt = (id: string) => ({ table: "Message", row: id, column: "bodySealed" });
const metaAt = (id: string) => ({ table: "Message", row: id, column: "metaSealed" });
const titleAt = (id: string) => ({ table: "Conversation", row: id, column: "titleSealed" });
/** A conversation has one address at most, whose row bears the conversation's id. */
export const addressAt = (id: string) => ({
  table: "ReplyAddress",
  row: id,
  column: "emailSealed",
});
const checkpointAt = (id: string) => ({ table: "Turn", row: id, column: "checkpointSealed" });

export function sealBody(key: SubjectKey, id: string, text: RedactedText) {
  return seal(key, bodyAt(id), text);
}

export function openBody(key: SubjectKey, row: Pick<MessageRow, "id" | "bodySealed">) {
  return asRedacted(open(key, bodyAt(row.id), row.bodySealed));
}

export function sealMeta(key: SubjectKey, id: string, meta: StoredMeta) {
  return seal(key, metaAt(id), JSON.stringify(meta));
}

export function openMeta(
  key: SubjectKey,
  row: Pick<MessageRow, "id" | "metaSealed">,
): StoredMeta | null {
  return row.metaSealed
    ? StoredMeta.parse(JSON.parse(open(key, metaAt(row.id), row.metaSealed)))
    : null;
}

const TITLE_CHARS_MAX = 80;

/** The beginning of the first message, whole words where possible. */
export function sealTitle(key: SubjectKey, id: string, text: RedactedText) {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const cut = line.length > TITLE_CHARS_MAX ? `${shorten(line)}…` : line;
  return seal(key, titleAt(id), cut);
}

function shorten(line: string): string {
  const head = line.slice(0, TITLE_CHARS_MAX).replaceAll(/\p{Surrogate}/gu, "");
  const space = head.lastIndexOf(" ");
  return space > TITLE_CHARS_MAX / 2 ? head.slice(0, space) : head;
}

export function openTitle(key: SubjectKey, id: string, sealed: Uint8Array | null) {
  return sealed ? asRedacted(open(key, titleAt(id), sealed)) : null;
}

export function sealCheckpoint(key: SubjectKey, turnId: string, text: RedactedText) {
  return seal(key, checkpointAt(turnId), text);
}

export function openCheckpoint(key: SubjectKey, turnId: string, sealed: Uint8Array | null) {
  return sealed ? asRedacted(open(key, checkpointAt(turnId), sealed)) : null;
}

/** The message in the placeholder form, as staff read it. */
export function viewOf(key: SubjectKey, row: MessageRow): MessageView {
  const meta = openMeta(key, row);
  return {
    id: row.id,
    seq: row.seq,
    role: row.role,
    state: row.state,
    text: openBody(key, row),
    createdAt: row.createdAt.toISOString(),
    ...(meta?.authorName && { authorName: meta.authorName }),
    ...(meta?.sources && { sources: meta.sources }),
    ...(row.turnId && { turnId: row.turnId }),
    ...(row.forgottenAt && { forgotten: true }),
  };
}
