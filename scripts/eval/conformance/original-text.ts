import type { Options, Said } from "./plan";

/** The one value, or the one under the key, as LangChain.js finds it. */
export function findValue(
  side: "input" | "output",
  values: Record<string, unknown>,
  key: string | undefined,
): unknown {
  const keys = Object.keys(values);
  const only = keys.length === 1 ? keys[0] : undefined;
  const name = key ?? only;
  const value = name === undefined ? undefined : values[name];
  if (!value && !(side === "output" && value === "")) {
    throw new Error(
      `${side} values have ${keys.length} keys, you must specify an ${side} key or pass only 1 key as ${side}`,
    );
  }
  return value;
}

/** LangChain's getBufferString; with our indentation, or without. */
export function bufferString(
  messages: readonly Said[],
  { humanPrefix, aiPrefix }: Pick<Options, "humanPrefix" | "aiPrefix">,
  isIndented: boolean,
): string {
  const names: Record<string, string> = { human: humanPrefix, ai: aiPrefix, system: "System" };
  return messages
    .map(({ type, content }) => `${names[type] ?? type}: ${isIndented ? indent(content) : content}`)
    .join("\n");
}

export function indent(text: string): string {
  return text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).join("\n  ");
}

/** The first message at or after this one that starts a turn: a person speaks, and did not speak just before. */
export function turnStartFrom(messages: readonly Said[], from: number): number {
  const start = messages.findIndex((_, index) => index >= from && startsTurn(messages, index));
  return start === -1 ? messages.length : start;
}

/** Where the newest turn starts; what no person opened belongs together. */
export function lastTurnStart(messages: readonly Said[]): number {
  return Math.max(
    0,
    messages.findLastIndex((_, index) => startsTurn(messages, index)),
  );
}

function startsTurn(messages: readonly Said[], index: number): boolean {
  return messages[index]?.type === "human" && messages[index - 1]?.type !== "human";
}

/** Python's parse_triples: three parts between ", ", without the outermost characters. */
export function parseOriginalTriples(answer: string): string[][] {
  const text = answer.trim();
  const parts = text === "" || text === "NONE" ? [] : text.split("<|>");
  return parts
    .map((part) => part.trim().split(", "))
    .filter(({ length }) => length === 3)
    .map(([subject = "", relation = "", object = ""]) => [
      Array.from(subject).slice(1).join(""),
      relation,
      Array.from(object).slice(0, -1).join(""),
    ]);
}

/** Python's get_entities. */
export function parseOriginalEntities(answer: string): string[] {
  return answer.trim() === "NONE" ? [] : answer.split(",").map((name) => name.trim());
}
