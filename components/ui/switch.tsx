import { type ReactNode, useId } from "react";

type SwitchProps = {
  label: ReactNode;
  hint?: ReactNode;
  on: boolean;
  onChange: (on: boolean) => void;
};

/** Something that is on or off from the moment it is pressed. */
export function Switch({ label, hint, on, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-describedby={hint ? id : undefined}
        onClick={() => onChange(!on)}
        className="group flex min-h-8 w-full items-center justify-between gap-3 rounded-md px-2 py-1 text-left text-sm transition-colors hover:bg-sunken pointer-coarse:min-h-11"
      >
        {label}
        <span className="relative h-4.5 w-8 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors group-aria-checked:border-accent group-aria-checked:bg-accent forced-colors:group-aria-checked:bg-[Highlight]">
          <span className="absolute top-1/2 left-0.5 size-3 -translate-y-1/2 rounded-full bg-line-strong transition-transform group-aria-checked:translate-x-3.5 group-aria-checked:bg-on-accent forced-colors:bg-[ButtonText]" />
        </span>
      </button>
      {hint ? (
        <p id={id} className="px-2 pb-1 text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
