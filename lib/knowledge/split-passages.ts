export type PassageText = { heading: string; text: string };

const WORDS_AIM = 120;
const WORDS_MAX = 170;

/**
 * Cuts an article's Markdown into passages of about 120 words, the unit of retrieval and citation. Short sections stay
 * together, each below its own heading: alone, a section of one sentence would outrank what the article is about. A
 * paragraph is only cut when it alone is too long.
 */
export function splitPassages(title: string, markdown: string): PassageText[] {
  const passages: PassageText[] = [];
  let opening = title;
  let section = title;
  let held: string[] = [];
  const close = () => {
    if (held.length > 0) {
      passages.push({ heading: opening, text: held.join("\n\n") });
    }
    held = [];
  };
  for (const { under, piece } of sectionsOf(title, markdown)) {
    if (held.length > 0 && countWords(held.join(" ")) + countWords(piece) > WORDS_AIM) {
      close();
    }
    if (held.length === 0) {
      opening = under;
    } else if (under !== section) {
      held.push(`## ${under}`);
    }
    section = under;
    held.push(piece);
  }
  close();
  return passages;
}

/** The article's paragraphs in order, each with the heading it stands under. */
function* sectionsOf(title: string, markdown: string): Generator<{ under: string; piece: string }> {
  let under = title;
  for (const block of markdown.replaceAll("\r\n", "\n").split(/\n\s*\n/)) {
    const { title: next, rest } = headingOf(block.trim());
    under = next ?? under;
    for (const piece of piecesOf(rest)) {
      yield { under, piece };
    }
  }
}

function headingOf(block: string): { title: string | null; rest: string } {
  const match = /^#{1,6}\s+(.+?)\s*#*(?:\n([\s\S]*))?$/.exec(block);
  return match?.[1]
    ? { title: match[1], rest: (match[2] ?? "").trim() }
    : { title: null, rest: block };
}

function piecesOf(block: string): string[] {
  if (block === "") {
    return [];
  }
  if (countWords(block) <= WORDS_MAX) {
    return [block];
  }
  const pieces: string[] = [];
  let held = "";
  for (const sentence of block.split(/(?<=[.!?])\s+|\n(?=[-*\d])/)) {
    if (held && countWords(held) + countWords(sentence) > WORDS_AIM) {
      pieces.push(held);
      held = "";
    }
    held = held ? `${held} ${sentence}` : sentence;
  }
  return held ? [...pieces, held] : pieces;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
