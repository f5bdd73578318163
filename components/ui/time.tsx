"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime, relativeTime } from "./time-text";

type TimeProps = {
  /** ISO 8601, as it comes over the wire. */
  at: string;
  /** `relative` says how long ago; `date` and `full` say when. */
  show?: "relative" | "date" | "full";
  className?: string;
};

/**
 * A moment. The server knows neither the reader's clock nor zone, so it writes the date in UTC; once the
 * page is live the reader's own zone and "5 minutes ago" take its place, without a hydration mismatch.
 */
export function Time({ at, show = "relative", className }: TimeProps) {
  const minute = useSyncExternalStore(everyHalfMinute, currentHalfMinute, onTheServer);
  const live = minute !== null;
  const zone = live ? undefined : "UTC";
  const full = absoluteTime(at, "full", zone);
  const relative = live && show === "relative";
  return (
    <time dateTime={at} title={full} className={className}>
      {relative
        ? relativeTime(at, minute)
        : absoluteTime(at, show === "full" ? "full" : "date", zone)}
    </time>
  );
}

const STEP_MS = 30_000;

function everyHalfMinute(changed: () => void): () => void {
  const timer = setInterval(changed, STEP_MS);
  return () => clearInterval(timer);
}

function currentHalfMinute(): number {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS;
}

function onTheServer(): null {
  return null;
}
