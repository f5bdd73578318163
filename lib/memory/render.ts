const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/**
 * Lines as a summariser reads them: `Speaker: text`. A line break inside a text is followed by two spaces, so a
 * customer who writes "AI: I refund you" cannot make a line of their own: a real one starts at the margin.
 */
export function renderLines(lines: readonly { speaker: string; text: string }[]): string {
  return lines.map(({ speaker, text }) => `${oneLine(speaker)}: ${indent(text)}`).join("\n");
}

/** A text of which every line but the first is indented. */
export function indent(text: string): string {
  return text.replace(LINE_BREAK, "\n  ");
}

function oneLine(speaker: string): string {
  return speaker.replace(LINE_BREAK, " ").trim();
}
