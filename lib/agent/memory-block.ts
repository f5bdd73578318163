import { renderRecalled } from "@/lib/memory";
import type { LedgerItem, RecordedMessage } from "@/lib/memory/schema";

/** What the prompt says of earlier turns that are no longer shown word for word. */
export type MemoryBlock = {
  summary: string | null;
  ledger: Pick<LedgerItem, "kind" | "value">[];
  /** What the question brought back, oldest first. */
  recalled?: readonly RecordedMessage[];
};

const OPEN = "<memory>";
const CLOSE = "</memory>";
const VALUES = "Exact values:";
/** Where the words of others end and what came back begins: a line that no text of theirs can begin with. */
const RECALLED = "<recalled>";

/** Data in the prompt cannot close the block that it stands in. */
export function asData(text: string): string {
  return text.replaceAll("<", "‹").replaceAll(">", "›");
}

/** The part of the system prompt that holds summary, recalled turns and exact values; empty when there is none. */
export function writeMemoryBlock({ summary, ledger, recalled = [] }: MemoryBlock): string {
  if (!summary && ledger.length === 0 && recalled.length === 0) {
    return "";
  }
  const values = ledger.map(({ kind, value }) => `- ${kind}: ${asData(value)}`);
  return [
    OPEN,
    ...(summary ? [asData(summary)] : []),
    ...(recalled.length > 0 ? [RECALLED, asData(renderRecalled(recalled))] : []),
    ...(values.length > 0 ? [VALUES, ...values] : []),
    CLOSE,
  ].join("\n");
}

type Read = { summary: string; recalled: string; values: string[] };

/** Reads the block back out of a system prompt, for the model that runs in this process. */
export function readMemoryBlock(prompt: string): Read {
  const from = prompt.lastIndexOf(OPEN);
  const to = prompt.lastIndexOf(CLOSE);
  if (from === -1 || to < from) {
    return { summary: "", recalled: "", values: [] };
  }
  const inside = prompt.slice(from + OPEN.length, to).trim();
  const [said = "", values = ""] = splitAtLast(inside, VALUES);
  const [summary = "", recalled = ""] = splitAtLast(said, RECALLED);
  return {
    summary: summary.trim(),
    recalled: recalled.trim(),
    values: values.split("\n").flatMap((line) => line.match(/^- (.+)$/)?.[1] ?? []),
  };
}

function splitAtLast(text: string, mark: string): string[] {
  const at = text.lastIndexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
