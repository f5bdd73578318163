import type { ReactNode } from "react";

/** Figures side by side; wraps by itself. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(11rem,100%),1fr))] gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card">
      {children}
    </dl>
  );
}

type StatProps = {
  label: ReactNode;
  /** A measured value. Null says that nothing was measured yet, and is shown so. */
  value: string | number | null;
  unit?: string;
  hint?: ReactNode;
};

/** One measured figure. */
export function Stat({ label, value, unit, hint }: StatProps) {
  return (
    <div className="flex flex-col gap-1 bg-surface px-5 py-4">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="font-semibold text-xl tabular-nums">
        {value === null ? <NotMeasured /> : value}
        {value !== null && unit ? (
          <span className="ml-1 font-normal text-muted text-sm">{unit}</span>
        ) : null}
      </dd>
      {hint ? <dd className="text-muted text-xs">{hint}</dd> : null}
    </div>
  );
}

function NotMeasured() {
  return (
    <span className="font-normal text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">not measured yet</span>
    </span>
  );
}
