import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const base =
  "relative inline-flex items-center justify-center gap-2 overflow-hidden rounded-md border text-center font-medium transition-colors [&_svg]:size-[1.125em] [&_svg]:shrink-0";

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-transparent bg-accent text-on-accent shadow-card hover:bg-accent-strong aria-disabled:hover:bg-accent",
  secondary: "border-line bg-raised text-ink shadow-card hover:border-line-strong hover:bg-sunken",
  quiet: "border-transparent text-muted hover:bg-sunken hover:text-ink",
  danger:
    "border-transparent bg-danger text-on-danger shadow-card hover:bg-danger-strong aria-disabled:hover:bg-danger",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-8 px-2.5 py-1 text-xs pointer-coarse:min-h-10",
  md: "min-h-10 px-4 py-1.5 text-sm pointer-coarse:min-h-11",
  lg: "min-h-12 px-6 py-2 text-base",
};

/** The look of a button, for links and triggers that are not a <Button>. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "md",
  className?: string,
): string {
  return classNames(
    base,
    variants[variant],
    sizes[size],
    "disabled:opacity-50 aria-disabled:cursor-default",
    className,
  );
}

export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is under way: the button keeps its place and the focus, and does nothing. */
  pending?: boolean;
};

/** A button; `pending` keeps it focusable, because a disabled one drops the keyboard user on the floor. */
export function Button({
  variant = "secondary",
  size = "md",
  pending = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const waiting = pending ? { "aria-disabled": true, "aria-busy": true, onClick: ignore } : {};
  return (
    <button type="button" className={buttonClass(variant, size, className)} {...rest} {...waiting}>
      {children}
      {pending ? <Sweep /> : null}
    </button>
  );
}

function ignore(event: { preventDefault: () => void }): void {
  event.preventDefault();
}

function Sweep() {
  return (
    <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 overflow-hidden">
      <span className="block h-full w-2/5 animate-sweep bg-current opacity-70" />
    </span>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  children: ReactNode;
};

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}
