import type { ReactNode } from "react";

/** Figures side by side; wraps by itself. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(11rem,100%),1fr))] overflow-hidden rounded-lg border border-line bg-surface shadow-card">
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
    <div className="-mt-px -ml-px flex flex-col gap-1 border-line border-t border-l px-5 py-4">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="font-semibold text-xl tabular-nums">
        {value === null ? <NotMeasured /> : written(value)}
        {value !== null && unit ? (
          <span className="ml-1 font-normal text-muted text-sm">{unit}</span>
        ) : null}
      </dd>
      {hint ? <dd className="text-muted text-xs">{hint}</dd> : null}
    </div>
  );
}

function written(value: string | number): string {
  return typeof value === "number" ? value.toLocaleString("en") : value;
}

function NotMeasured() {
  return (
    <span className="font-normal text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">not measured yet</span>
    </span>
  );
}
