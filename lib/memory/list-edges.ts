import type { RedactedText } from "@/lib/privacy/schema";
import { mentions } from "./ledger";
import type { KnowledgeEdge, RecordedMessage, Triple } from "./schema";

/** A relation of a conversation's graph as its owner reads it. */
export type RememberedEdge = Triple & {
  /** As it is stored: what names it when it is to be forgotten. */
  stored: Triple;
  /** Since when it holds and until when; ISO, null where nobody told or it holds still. */
  since: string | null;
  until: string | null;
  /** The first message that said so. */
  source: { messageId: string; text: string; createdAt: string } | null;
  /** Every message that said it or repeats it: from any one of them it would come back. */
  heldBy: string[];
};

/** What a graph holds of who said what, oldest first: what holds now and what ended. `show` puts values back. */
export function listEdges(
  edges: readonly KnowledgeEdge[],
  messages: readonly RecordedMessage[],
  show: (text: RedactedText) => string,
): RememberedEdge[] {
  return edges.map(({ subject, predicate, object, sources, since, until }) => {
    const first = messages.find(({ id }) => sources.includes(id));
    return {
      subject: show(subject as RedactedText),
      predicate: show(predicate as RedactedText),
      object: show(object as RedactedText),
      stored: { subject, predicate, object },
      since,
      until,
      source: first
        ? { messageId: first.id, text: show(first.text), createdAt: first.createdAt }
        : null,
      heldBy: messages
        .filter(({ id, text }) => sources.includes(id) || holdsEdge(text, object))
        .map(({ id }) => id),
    };
  });
}

/** Short words stand in too many messages to tell by themselves. */
const TELLING_CHARS = 3;

function holdsEdge(text: string, object: string): boolean {
  return (
    object.length >= TELLING_CHARS &&
    mentions(text, { kind: "placeholder", value: object as RedactedText })
  );
}

/** All texts of a graph, to be put back with one look into the vault. */
export function textsOf(edges: readonly KnowledgeEdge[]): RedactedText[] {
  // Parts of redacted text.
  return edges.flatMap(
    ({ subject, predicate, object }) => [subject, predicate, object] as RedactedText[],
  );
}
