"use client";

import { useSyncExternalStore } from "react";

/** How this browser calls its lead. Off until they switch it on here. */
export type CallSettings = { sound: boolean; notices: boolean };

const KEY = "recollect:calls";
const OFF: CallSettings = { sound: false, notices: false };
const listeners = new Set<() => void>();

/** What was chosen in this browser. Nothing is stored before somebody chooses. */
export function readCallSettings(): CallSettings {
  const { sound, notices } = parse(stored());
  return { sound: sound === true, notices: notices === true };
}

export function changeCallSettings(change: Partial<CallSettings>): void {
  const next = { ...readCallSettings(), ...change };
  try {
    globalThis.localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A browser may refuse storage; then there is nothing to switch on.
    return;
  }
  for (const listener of listeners) {
    listener();
  }
}

/** The settings, current in every part of the page and in other tabs. */
export function useCallSettings(): CallSettings {
  const held = useSyncExternalStore(listen, stored, () => "");
  return held ? readCallSettings() : OFF;
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  globalThis.addEventListener("storage", changed);
  return () => {
    listeners.delete(changed);
    globalThis.removeEventListener("storage", changed);
  };
}

function stored(): string {
  try {
    return globalThis.localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function parse(text: string): { sound?: unknown; notices?: unknown } {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
