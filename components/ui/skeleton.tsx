import { classNames } from "./class-names";

/** The place of something that is on its way. Give it the size of what comes, with w-…/h-… classes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "block animate-breathe rounded-sm bg-sunken",
        className ?? "h-4 w-full",
      )}
    />
  );
}

const widths = ["w-11/12", "w-full", "w-4/5", "w-3/5", "w-10/12"];

/** Lines of text that are on their way; says so once to a screen reader. */
export function SkeletonText({ lines = 3, label }: { lines?: number; label: string }) {
  const rows = Array.from({ length: lines }, (_, line) => widths[line % widths.length] ?? "w-full");
  return (
    <div role="status" className="flex flex-col gap-2.5">
      <span className="sr-only">{label}</span>
      {rows.map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name and never move.
        <Skeleton key={line} className={classNames("h-3.5", width)} />
      ))}
    </div>
  );
}
