"use client";

import { useEffect, useState } from "react";

const EVERY_MS = 15_000;
const AGAIN_MS = 3000;

/**
 * Whether Redis answers, asked again and again while the page is looked at. One missed answer is a busy moment and not
 * worth a banner; two in a row are.
 */
export function useHealth(): { redis: boolean } {
  const [redis, setRedis] = useState(true);
  useEffect(() => {
    let misses = 0;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const ask = async () => {
      misses = await countMisses(misses);
      if (!left) {
        setRedis(misses < 2);
        timer = setTimeout(() => void ask(), misses === 1 ? AGAIN_MS : EVERY_MS);
      }
    };
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  return { redis };
}

/** A page that nobody looks at does not ask. */
async function countMisses(before: number): Promise<number> {
  if (document.visibilityState !== "visible") {
    return before;
  }
  return (await askRedis()) ? 0 : before + 1;
}

async function askRedis(): Promise<boolean> {
  try {
    const response = await fetch("/api/ready", { cache: "no-store" });
    const said: unknown = await response.json();
    return !(typeof said === "object" && said !== null && "redis" in said && said.redis === false);
  } catch {
    // The server itself is out of reach; the live connection says so.
    return true;
  }
}
