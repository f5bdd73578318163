import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "./button";

type PaginationProps = {
  label: string;
  /** Where the neighbours are; leave out at an end. */
  newerHref?: string | undefined;
  olderHref?: string | undefined;
  newerLabel?: string;
  olderLabel?: string;
};

/** Steps through a list that is read by key: to newer and older, never to a page number. */
export function Pagination({
  label,
  newerHref,
  olderHref,
  newerLabel = "Newer",
  olderLabel = "Older",
}: PaginationProps) {
  if (!(newerHref || olderHref)) {
    return null;
  }
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-3 pt-5">
      <Step href={newerHref} rel="prev">
        <ChevronLeft aria-hidden />
        {newerLabel}
      </Step>
      <Step href={olderHref} rel="next">
        {olderLabel}
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

type StepProps = { href: string | undefined; rel: "prev" | "next"; children: ReactNode };

function Step({ href, rel, children }: StepProps) {
  return href ? (
    <Link href={href} rel={rel} className={buttonClass("secondary", "sm")}>
      {children}
    </Link>
  ) : (
    <span />
  );
}
