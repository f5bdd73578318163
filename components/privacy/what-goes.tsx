/** What goes, one line each; lines about nothing are left out. */
export function WhatGoes({ lines }: { lines: readonly (string | null)[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {lines
        .filter((line) => line !== null)
        .map((line) => (
          <li key={line} className="flex gap-3 text-sm">
            <span aria-hidden className="mt-2 size-1.5 shrink-0 rounded-full bg-current" />
            <span>{line}</span>
          </li>
        ))}
    </ul>
  );
}
