"use client";

import { useEffect, useState } from "react";

const EVERY_MS = 15_000;

/** Whether Redis answers, asked again and again while the page is looked at. Not knowing counts as well. */
export function useHealth(): { redis: boolean } {
  const [redis, setRedis] = useState(true);
  useEffect(() => {
    let left = false;
    const ask = async () => {
      if (document.visibilityState !== "visible") {
        return;
      }
      const redisNow = await askRedis();
      if (!left) {
        setRedis(redisNow);
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, []);
  return { redis };
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
