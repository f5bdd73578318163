import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

type PageSkeletonProps = { title: string; width?: "medium" | "wide"; rows?: number };

/** A list page on its way: its title is known, its rows have their size. */
export function PageSkeleton({ title, width = "wide", rows = 6 }: PageSkeletonProps) {
  return (
    <Page width={width}>
      <h1 className="font-semibold text-xl">{title}</h1>
      <Skeleton className="mt-2 h-4 w-full max-w-md" />
      <div
        role="status"
        className="mt-8 flex flex-col gap-px overflow-hidden rounded-lg border border-line bg-line"
      >
        <span className="sr-only">{title} is loading</span>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no other name and never move.
          <div key={row} className="flex flex-col gap-2.5 bg-surface px-5 py-4">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-3.5 w-3/4" />
          </div>
        ))}
      </div>
    </Page>
  );
}
