"use client";

import { BookOpen, Package } from "lucide-react";
import Link from "next/link";
import { type MouseEvent, useState } from "react";
import type { Source } from "@/lib/conversation/schema";
import { CitedPassages } from "./cited-passages";

/** What an answer rests on, to be opened and read. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) {
    return null;
  }
  return (
    <div className="mt-2.5">
      <p className="sr-only">Sources of this answer</p>
      <ol className="flex flex-wrap gap-2">
        {sources.map((source, index) => (
          <li key={`${source.kind}:${source.id}`}>
            <SourceLink source={source} number={index + 1} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const chip =
  "inline-flex min-h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-xs [&_svg]:size-3.5 [&_svg]:shrink-0";

function SourceLink({ source, number }: { source: Source; number: number }) {
  const [open, setOpen] = useState(false);
  const Icon = source.kind === "article" ? BookOpen : Package;
  const { cited } = source;
  const inside = (
    <>
      <Icon aria-hidden className="text-accent-ink" />
      <span>
        <span className="text-muted tabular-nums">[{number}]</span> {source.title}
      </span>
    </>
  );
  if (source.kind !== "article") {
    return <span className={chip}>{inside}</span>;
  }
  // Without its script, or in another tab, it is a link to the whole page.
  const show = (event: MouseEvent) => {
    if (cited && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      setOpen(true);
    }
  };
  return (
    <>
      <Link
        href={source.href}
        target="_blank"
        onClick={show}
        {...(cited ? { "aria-haspopup": "dialog" } : {})}
        className={`${chip} transition-colors hover:border-line-strong hover:bg-sunken`}
      >
        {inside}
        {cited ? null : <span className="sr-only"> (opens in a new tab)</span>}
      </Link>
      {cited && open ? (
        <CitedPassages source={source} cited={cited} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
