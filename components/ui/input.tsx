import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** The look of every control that holds text. 1rem on phones, because iOS zooms into anything smaller. */
export const controlClass =
  "w-full rounded-md border border-line-strong/70 bg-surface px-3 py-2 text-base text-ink transition-colors placeholder:text-muted hover:border-line-strong focus-visible:border-accent-ink focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-muted aria-invalid:border-danger sm:text-sm";

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(controlClass, "min-h-10", className)} {...rest} />;
}

/** Several lines of text; grows with what is written, where the browser can. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={classNames(controlClass, "field-sizing-content max-h-[60vh] min-h-20", className)}
      {...rest}
    />
  );
}
