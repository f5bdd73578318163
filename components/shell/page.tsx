import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

const widths = { narrow: "max-w-2xl", medium: "max-w-4xl", wide: "max-w-6xl" } as const;

type PageProps = { width?: keyof typeof widths; children: ReactNode };

/** The measure of a page inside a shell. */
export function Page({ width = "medium", children }: PageProps) {
  return (
    <div className={classNames("mx-auto w-full px-4 py-8 sm:px-6 sm:py-10", widths[width])}>
      {children}
    </div>
  );
}
