"use client";

import { useRef } from "react";

type FocusReturn = { onOpenAutoFocus: () => void; onCloseAutoFocus: () => void };

/**
 * Brings focus back to where it was when a dialog opened. Radix does so for its own trigger only; a dialog
 * opened from a state (a menu item, a shortcut) would leave the keyboard at the top of the page.
 */
export function useFocusReturn(): FocusReturn {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = lasting(document.activeElement);
    },
    onCloseAutoFocus: () => {
      const home = before.current?.isConnected ? before.current : document.querySelector("main");
      home?.focus();
    },
  };
}

/** A menu is gone when the dialog closes; the button that opened it, which names it, is not. */
function lasting(active: Element | null): HTMLElement | null {
  const opener = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const element = opener ? document.getElementById(opener) : active;
  return element instanceof HTMLElement ? element : null;
}
