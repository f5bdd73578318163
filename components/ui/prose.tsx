import type { ReactNode } from "react";
import { classNames } from "./class-names";

const prose = [
  "max-w-[68ch] [&>*+*]:mt-3 [&>*:first-child]:mt-0!",
  "[&_h2]:mt-8! [&_h2]:text-lg [&_h3]:mt-6! [&_h3]:text-base [&_h4]:font-semibold",
  "[&_strong]:font-semibold",
  "[&_a]:rounded-sm [&_a]:text-accent-ink [&_a]:underline [&_a]:decoration-accent-line [&_a]:underline-offset-4 hover:[&_a]:decoration-current",
  "[&_ol]:list-decimal [&_ul]:list-disc [&_ol]:pl-6 [&_ul]:pl-5 [&_li]:pl-1 [&_li+li]:mt-1 [&_li>ul]:mt-1 [&_li>ol]:mt-1 marker:[&_li]:text-muted",
  "[&_blockquote]:border-line [&_blockquote]:border-l-2 [&_blockquote]:pl-4 [&_blockquote]:text-muted",
  "[&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:py-px [&_code]:font-mono [&_code]:text-[0.9em]",
  "[&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:border [&_pre]:border-line [&_pre]:bg-sunken [&_pre]:p-3 [&_pre]:text-sm [&_pre_code]:bg-transparent [&_pre_code]:p-0",
  "[&_hr]:my-6 [&_hr]:border-line",
  "[&_table]:w-full [&_table]:text-sm [&_th]:border-line [&_th]:border-b [&_th]:px-2.5 [&_th]:py-1.5 [&_th]:text-left [&_th]:font-medium [&_td]:border-line [&_td]:border-b [&_td]:px-2.5 [&_td]:py-1.5",
].join(" ");

/** Gives running text its measure and rhythm. */
export function Prose({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={classNames(prose, className)}>{children}</div>;
}
