import type { ArticleVersionRow } from "@/lib/knowledge/schema";
import { audienceNames } from "@/lib/knowledge/schema";
import { type DifferentLine, differenceOf, type Piece, shortened } from "./text-difference";

type ArticleDifferenceProps = { version: ArticleVersionRow; before: ArticleVersionRow };

/** What a version changed of the one before it: title, category, language, readers, and its text. */
export function ArticleDifference({ version, before }: ArticleDifferenceProps) {
  const lines = shortened(differenceOf(headOf(before), headOf(version)));
  const text = shortened(differenceOf(before.body, version.body));
  if (lines.length === 0 && text.length === 0) {
    return <p className="text-muted text-sm">Nothing changed from version {before.version}.</p>;
  }
  return (
    <section aria-label={`Changes from version ${before.version}`}>
      <p className="mb-2 text-muted text-xs">Changes from version {before.version}</p>
      <div dir="auto" className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
        {[...lines.filter((line) => line !== null), ...text].map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat, and the list never changes.
          <Line key={at} line={line} />
        ))}
      </div>
    </section>
  );
}

function headOf({ title, category, locale, audience }: ArticleVersionRow): string {
  return `${title}\n${category}\n${locale}\n${audienceNames[audience]}`;
}

function Line({ line }: { line: DifferentLine | null }) {
  if (!line) {
    return <p className="select-none text-muted">…</p>;
  }
  return (
    <p className="min-h-4 whitespace-pre-wrap break-words leading-5">
      {line.pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces repeat, and the list never changes.
        <PieceOfLine key={at} piece={piece} />
      ))}
    </p>
  );
}

function PieceOfLine({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === "same") {
    return text;
  }
  return kind === "added" ? (
    <ins className="rounded-sm bg-success-soft text-success-ink underline decoration-1">
      <span className="sr-only">Added: </span>
      {text}
    </ins>
  ) : (
    <del className="rounded-sm bg-danger-soft text-danger-ink line-through decoration-1">
      <span className="sr-only">Removed: </span>
      {text}
    </del>
  );
}
