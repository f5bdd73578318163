import { Page } from "@/components/shell/page";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";

const sides = ["mr-auto", "ml-auto", "mr-auto", "ml-auto"];

export default function Loading() {
  return (
    <Page width="wide">
      <h1 className="sr-only">Conversation</h1>
      <Skeleton className="h-7 w-52" />
      <Skeleton className="mt-3 h-4 w-80 max-w-full" />
      <div className="mt-8 grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-5">
          {sides.map((side, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the boxes have no other name and never move.
            <Skeleton key={index} className={`h-24 w-4/5 rounded-lg ${side}`} />
          ))}
        </div>
        <div className="hidden lg:block">
          <SkeletonText lines={6} label="The conversation is loading" />
        </div>
      </div>
    </Page>
  );
}
