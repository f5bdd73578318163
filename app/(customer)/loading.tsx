import { Page } from "@/components/shell/page";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

/** Stands where a page is on its way: a bar like the shop's, a title, some text. */
export default function Loading() {
  return (
    <>
      <div className="flex h-[3.3rem] items-center justify-between border-line border-b px-4 sm:px-6">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="size-8 rounded-full!" />
      </div>
      <main>
        <Page width="narrow">
          <Skeleton className="mb-6 h-7 w-56" />
          <SkeletonText lines={4} label="The page is on its way" />
          <Skeleton className="mt-8 h-32 w-full rounded-lg!" />
        </Page>
      </main>
    </>
  );
}
