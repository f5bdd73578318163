"use client";

import { useEffect } from "react";
import { countedTitle } from "./counted-title";

/** Keeps how many wait for a person in the tab's title, whatever page sets the rest of it. */
export function LiveTitle({ waiting }: { waiting: number }) {
  useEffect(() => {
    const apply = () => {
      const wanted = countedTitle(document.title, waiting);
      if (document.title !== wanted) {
        document.title = wanted;
      }
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [waiting]);
  return null;
}
