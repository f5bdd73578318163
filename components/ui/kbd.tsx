import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line border-b-2 bg-surface px-1.5 py-px font-sans text-muted text-xs">
      {children}
    </kbd>
  );
}
