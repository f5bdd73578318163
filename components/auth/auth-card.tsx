import type { ReactNode } from "react";

type AuthCardProps = {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  /** The other way: register instead, sign in instead. */
  below?: ReactNode;
};

/** One question to one person, with the page's h1. */
export function AuthCard({ title, lead, children, below }: AuthCardProps) {
  return (
    <>
      <section className="rounded-xl border border-line bg-surface p-6 shadow-card sm:p-8">
        <h1 className="font-semibold text-xl">{title}</h1>
        {lead ? <p className="mt-1 text-muted text-sm">{lead}</p> : null}
        {children ? <div className="mt-6">{children}</div> : null}
      </section>
      {below ? <p className="mt-6 text-center text-muted text-sm">{below}</p> : null}
    </>
  );
}
