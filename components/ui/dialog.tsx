"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClass } from "./button";
import { classNames } from "./class-names";
import { useFocusReturn } from "./use-focus-return";

type DialogProps = {
  /** What opens it; focus returns there. Leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** `sheet` slides in from the left, as a phone's navigation does. */
  shape?: "panel" | "wide" | "sheet";
  footer?: ReactNode;
  children: ReactNode;
};

const shapes = {
  panel:
    "inset-x-3 top-[8vh] mx-auto max-h-[84vh] max-w-lg rounded-xl data-[state=open]:animate-rise",
  wide: "inset-x-3 top-[6vh] mx-auto max-h-[88vh] max-w-3xl rounded-xl data-[state=open]:animate-rise",
  sheet:
    "inset-y-0 left-0 w-[min(20rem,88vw)] rounded-r-xl data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in",
} as const;

export const scrimClass =
  "fixed inset-0 z-40 bg-scrim data-[state=closed]:animate-vanish data-[state=open]:animate-appear";

/** A task that needs the whole attention. Focus goes in, stays in, and returns to where it came from. */
export function Dialog({
  trigger,
  title,
  description,
  shape = "panel",
  footer,
  children,
  ...state
}: DialogProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root {...state}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focusReturn}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={classNames(
            "fixed z-40 flex flex-col overflow-hidden border border-line bg-raised shadow-pop",
            shapes[shape],
          )}
        >
          <div className="px-5 pt-4 pr-14 pb-3 sm:pt-5 sm:pl-6">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="mt-1 text-muted text-sm">
                {description}
              </Radix.Description>
            ) : null}
          </div>
          <div className="min-h-0 grow overflow-y-auto px-5 pb-5 sm:px-6 sm:pb-6">{children}</div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-4 sm:px-6">
              {footer}
            </div>
          ) : null}
          {/* Last in the order of the keyboard, so that focus starts on the content; without a tooltip, which would take the first Escape. */}
          <Radix.Close
            aria-label="Close"
            className={buttonClass(
              "quiet",
              "sm",
              "absolute! top-3 right-3 size-9 px-0! py-0! [&_svg]:size-5!",
            )}
          >
            <X aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
