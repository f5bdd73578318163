"use client";

import { useCallback, useState } from "react";
import { messageAnchor } from "./citations";

/** Lets a dialog close and give its focus back before the focus goes to the message. */
const AFTER_CLOSING_MS = 60;

/** Leads the eye and the keyboard to a message, and marks it until another is asked for. */
export function useGoTo(before: () => void): {
  highlighted: string | null;
  goTo: (messageId: string) => void;
} {
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const goTo = useCallback(
    (messageId: string) => {
      before();
      setHighlighted(messageId);
      setTimeout(() => {
        const message = document.getElementById(messageAnchor(messageId));
        message?.focus({ preventScroll: true });
        message?.scrollIntoView({ block: "center" });
      }, AFTER_CLOSING_MS);
    },
    [before],
  );
  return { highlighted, goTo };
}
