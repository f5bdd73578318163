export const tabListClass =
  "flex gap-1 overflow-x-auto overscroll-x-contain border-line border-b [scrollbar-width:none]";

export const tabClass =
  "-mb-px inline-flex min-h-11 shrink-0 items-center gap-2 rounded-t-sm border-transparent border-b-2 px-3 font-medium text-muted text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink forced-colors:border-[Canvas] forced-colors:aria-[current=page]:border-[Highlight] forced-colors:data-[state=active]:border-[Highlight]";
