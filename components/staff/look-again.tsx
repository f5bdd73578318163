"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reloads what the server draws while something is under way. */
export function LookAgain({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
