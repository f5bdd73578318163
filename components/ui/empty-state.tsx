import type { ReactNode } from "react";

type EmptyStateProps = {
  icon?: ReactNode;
  title: ReactNode;
  /** What to do now, or what will bring something here. */
  children: ReactNode;
  action?: ReactNode;
  heading?: "h1" | "h2" | "h3" | "p";
};

/** Nothing is here, and that is said with what to do about it. */
export function EmptyState({ icon, title, children, action, heading = "h2" }: EmptyStateProps) {
  const Heading = heading;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center">
      {icon ? (
        <span
          aria-hidden
          className="mb-4 flex size-12 items-center justify-center rounded-full border border-accent-line bg-accent-soft text-accent-ink [&_svg]:size-5.5"
        >
          {icon}
        </span>
      ) : null}
      <Heading className="font-semibold text-base">{title}</Heading>
      <p className="mt-1 text-balance text-muted text-sm">{children}</p>
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
