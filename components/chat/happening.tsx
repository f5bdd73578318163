import type { ReactNode } from "react";

type HappeningProps = {
  /** Where a link to this line leads. */
  id?: string;
  children: ReactNode;
};

/** A line across the conversation: what happened between two messages, such as who joined. */
export function Happening({ id, children }: HappeningProps) {
  return (
    <p
      {...(id && { id, tabIndex: -1 })}
      className="flex items-center gap-3 text-muted text-xs before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line"
    >
      <span className="max-w-[80%] text-center">{children}</span>
    </p>
  );
}
