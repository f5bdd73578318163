import type { LedgerItem } from "@/lib/memory/schema";

/** What the prompt says of earlier turns that are no longer shown word for word. */
export type MemoryBlock = {
  summary: string | null;
  ledger: Pick<LedgerItem, "kind" | "value">[];
};

const OPEN = "<memory>";
const CLOSE = "</memory>";
const VALUES = "Exact values:";

/** Data in the prompt cannot close the block that it stands in. */
export function asData(text: string): string {
  return text.replaceAll("<", "‹").replaceAll(">", "›");
}

/** The part of the system prompt that holds summary and exact values; empty when there is neither. */
export function writeMemoryBlock({ summary, ledger }: MemoryBlock): string {
  if (!summary && ledger.length === 0) {
    return "";
  }
  const values = ledger.map(({ kind, value }) => `- ${kind}: ${asData(value)}`);
  return [
    OPEN,
    ...(summary ? [asData(summary)] : []),
    ...(values.length > 0 ? [VALUES, ...values] : []),
    CLOSE,
  ].join("\n");
}

/** Reads the block back out of a system prompt, for the model that runs in this process. */
export function readMemoryBlock(prompt: string): { summary: string; values: string[] } {
  const from = prompt.lastIndexOf(OPEN);
  const to = prompt.lastIndexOf(CLOSE);
  if (from === -1 || to < from) {
    return { summary: "", values: [] };
  }
  const inside = prompt.slice(from + OPEN.length, to).trim();
  const [summary = "", values = ""] = splitAtLast(inside, VALUES);
  return {
    summary: summary.trim(),
    values: values.split("\n").flatMap((line) => line.match(/^- (.+)$/)?.[1] ?? []),
  };
}

function splitAtLast(text: string, mark: string): string[] {
  const at = text.lastIndexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
