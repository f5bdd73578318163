"use client";

import { useEffect } from "react";

/** Drops what scripts kept, for browsers that did not heed the header that says so. Shows nothing. */
export function ClearDevice() {
  useEffect(() => {
    localStorage.clear();
    sessionStorage.clear();
    void clearCaches();
  }, []);
  return null;
}

async function clearCaches(): Promise<void> {
  if ("caches" in globalThis) {
    const names = await caches.keys();
    await Promise.all(names.map((name) => caches.delete(name)));
  }
}
