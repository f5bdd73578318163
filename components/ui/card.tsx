import type { ReactNode } from "react";
import { classNames } from "./class-names";

type CardProps = {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  /** `h2` by default; say `h3` inside a section that has its own heading. */
  heading?: "h2" | "h3";
  className?: string;
  children?: ReactNode;
};

/** A bounded piece of a page. */
export function Card({
  title,
  description,
  actions,
  footer,
  heading: Heading = "h2",
  className,
  children,
}: CardProps) {
  return (
    <section
      className={classNames("rounded-lg border border-line bg-surface shadow-card", className)}
    >
      {title ? (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4 sm:px-6 sm:pt-5">
          <div className="min-w-0">
            <Heading className="font-semibold text-base">{title}</Heading>
            {description ? <p className="mt-0.5 text-muted text-sm">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
        </div>
      ) : null}
      {children ? <div className="px-5 py-4 sm:px-6 sm:py-5">{children}</div> : null}
      {footer ? (
        <div className="rounded-b-lg border-line border-t bg-canvas px-5 py-3 text-muted text-sm sm:px-6">
          {footer}
        </div>
      ) : null}
    </section>
  );
}
