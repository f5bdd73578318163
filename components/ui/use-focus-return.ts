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
      const active = document.activeElement;
      before.current = active instanceof HTMLElement ? active : null;
    },
    onCloseAutoFocus: () => {
      const home = before.current?.isConnected ? before.current : document.querySelector("main");
      home?.focus();
    },
  };
}
