"use client";

import { useSyncExternalStore } from "react";

/** "https://support.example.com": where this page was loaded from, empty on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(never, () => globalThis.location.origin, empty);
}

function never(): () => void {
  return () => undefined;
}

function empty(): string {
  return "";
}
