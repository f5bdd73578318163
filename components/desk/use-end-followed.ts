"use client";

import { type RefObject, useEffect, useRef } from "react";

const NEAR_END_PX = 120;

/**
 * Begins at the newest message and stays with it while the reader is there; who has scrolled up is left alone. On a
 * wide screen the transcript scrolls in its own box, on a phone the page does.
 */
export function useEndFollowed(transcript: RefObject<HTMLElement | null>, mark: string): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const look = () => {
      const box = scrollerOf(transcript.current);
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    };
    const own = transcript.current;
    own?.addEventListener("scroll", look, { passive: true });
    window.addEventListener("scroll", look, { passive: true });
    return () => {
      own?.removeEventListener("scroll", look);
      window.removeEventListener("scroll", look);
    };
  }, [transcript]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` is what changed on the screen, not what is read here.
  useEffect(() => {
    if (atEnd.current) {
      const box = scrollerOf(transcript.current);
      box.scrollTo({ top: box.scrollHeight });
    }
  }, [mark, transcript]);
}

function scrollerOf(transcript: HTMLElement | null): Element {
  const scrolls = transcript && getComputedStyle(transcript).overflowY === "auto";
  return scrolls ? transcript : (document.scrollingElement ?? document.documentElement);
}
