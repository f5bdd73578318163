import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  /** Breadcrumbs, above the title. */
  above?: ReactNode;
  actions?: ReactNode;
};

/** The one h1 of a page, what the page is for, and what can be done on all of it. */
export function PageHeader({ title, description, above, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 sm:mb-8">
      {above ? <div className="mb-3">{above}</div> : null}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="font-semibold text-xl">{title}</h1>
          {description ? (
            <p className="mt-1 max-w-prose text-muted text-sm">{description}</p>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
