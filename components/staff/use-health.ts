"use client";

import { useEffect, useState } from "react";
import { Ready } from "@/lib/health/schema";

const EVERY_MS = 15_000;
const AGAIN_MS = 3000;
const LOOK = "recollect:look";

/** What is wrong with the installation right now: the parts that are down, and whether the AI answers. */
export type Health = { down: readonly string[]; answersOn: boolean };

const WELL: Health = { down: [], answersOn: true };

/** Has the banner look at once: something was just changed here. */
export function lookNow(): void {
  globalThis.dispatchEvent(new Event(LOOK));
}

/**
 * How the installation is, asked again and again while the page is looked at. One missed answer of a part is a busy
 * moment and not worth a banner; two in a row are.
 */
export function useHealth(): Health {
  const [health, setHealth] = useState(WELL);
  useEffect(() => {
    let before: readonly string[] = [];
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const ask = async () => {
      clearTimeout(timer);
      const found = document.visibilityState === "visible" ? await askReady() : null;
      if (left) {
        return;
      }
      if (found) {
        const earlier = before;
        before = found.down;
        const certain = found.down.filter((part) => earlier.includes(part));
        setHealth({ ...found, down: certain });
      }
      const fresh = found?.down.length ? AGAIN_MS : EVERY_MS;
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), fresh);
    };
    const look = () => void ask();
    globalThis.addEventListener(LOOK, look);
    look();
    return () => {
      left = true;
      globalThis.removeEventListener(LOOK, look);
      clearTimeout(timer);
    };
  }, []);
  return health;
}

async function askReady(): Promise<Health | null> {
  try {
    const response = await fetch("/api/ready", { cache: "no-store" });
    const { parts, answersOn } = Ready.parse(await response.json());
    const down = Object.keys(parts).filter((part) => parts[part] === "down");
    return { down, answersOn };
  } catch {
    // The server itself is out of reach, or ends; the live connection says so.
    return null;
  }
}
