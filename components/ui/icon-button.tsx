"use client";

import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

const squares: Record<ButtonSize, string> = {
  sm: "size-8 pointer-coarse:size-10 [&_svg]:size-4.5!",
  md: "size-10 pointer-coarse:size-11 [&_svg]:size-5!",
  lg: "size-12 [&_svg]:size-5.5!",
};

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  /** The name that is read out, and shown as a tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** A button that is only an icon; its name is required. */
export function IconButton({
  label,
  icon,
  variant = "quiet",
  size = "md",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        className={classNames(buttonClass(variant, size), "px-0! py-0!", squares[size], className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
