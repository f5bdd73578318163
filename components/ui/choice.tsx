import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

type ChoiceProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  label: ReactNode;
  hint?: ReactNode;
};

const box =
  "peer size-5 shrink-0 appearance-none border border-line-strong bg-surface transition-colors checked:border-accent checked:bg-accent disabled:opacity-50 aria-invalid:border-danger forced-colors:appearance-auto";

/** A yes or no that is sent with its form. A native box, so it works without JavaScript. */
export function Checkbox({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(described) => (
        <span className="relative flex shrink-0">
          <input
            type="checkbox"
            aria-describedby={described}
            className={classNames(box, "rounded-sm")}
            {...rest}
          />
          <svg
            aria-hidden="true"
            viewBox="0 0 20 20"
            className="pointer-events-none absolute inset-0 size-5 stroke-[2.25] stroke-on-accent opacity-0 peer-checked:opacity-100 forced-colors:hidden"
            fill="none"
          >
            <path d="m5.5 10.5 3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </span>
      )}
    </Choice>
  );
}

/** One of several answers; belongs into a RadioGroup. */
export function Radio({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(described) => (
        <span className="relative flex shrink-0">
          <input
            type="radio"
            aria-describedby={described}
            className={classNames(box, "rounded-full")}
            {...rest}
          />
          <span className="pointer-events-none absolute inset-1.5 scale-0 rounded-full bg-on-accent transition-transform peer-checked:scale-100 forced-colors:hidden" />
        </span>
      )}
    </Choice>
  );
}

type RadioGroupProps = { legend: ReactNode; hint?: ReactNode; children: ReactNode };

/** A question with one answer out of few. */
export function RadioGroup({ legend, hint, children }: RadioGroupProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {hint ? <p className="mb-2 text-muted text-xs">{hint}</p> : null}
      <div className="flex flex-col gap-2.5 pt-1">{children}</div>
    </fieldset>
  );
}

type ChoiceFrameProps = {
  label: ReactNode;
  hint: ReactNode;
  className: string | undefined;
  children: (describedBy: string | undefined) => ReactNode;
};

function Choice({ label, hint, className, children }: ChoiceFrameProps) {
  const hintId = useId();
  return (
    <div className={className}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is what children() draws. */}
      <label className="inline-flex min-h-6 items-start gap-3 text-sm">
        {children(hint ? hintId : undefined)}
        <span>{label}</span>
      </label>
      {hint ? (
        <p id={hintId} className="mt-0.5 pl-8 text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
