"use client";

import { useCallback, useRef } from "react";

/** Often enough that the line at the other side does not go out while somebody writes, and no oftener. */
const EVERY_MS = 3_000;

/**
 * Tells the other side, now and then, that somebody is writing here. What is written is not told, and being out of reach
 * is no matter.
 */
export function useTyping(tell: () => Promise<unknown>, wanted: boolean): () => void {
  const last = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (wanted && now - last.current >= EVERY_MS) {
      last.current = now;
      tell().catch(() => null);
    }
  }, [tell, wanted]);
}
