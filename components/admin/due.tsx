"use client";

import { useSyncExternalStore } from "react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";

const DAY_MS = 86_400_000;
const SOON_MS = 7 * DAY_MS;

/** When a request has to be answered; says so when that is near or past, and rests once it was answered. */
export function Due({ at, finishedAt }: { at: string; finishedAt: string | null }) {
  const today = useSyncExternalStore(never, currentDay, onTheServer);
  const leftMs = today === null || finishedAt ? null : Date.parse(at) - today;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Time at={at} show="date" />
      {leftMs !== null && leftMs < 0 ? <Badge tone="danger">Overdue</Badge> : null}
      {leftMs !== null && leftMs >= 0 && leftMs < SOON_MS ? (
        <Badge tone="warning">Soon</Badge>
      ) : null}
    </span>
  );
}

function never(): () => void {
  return () => undefined;
}

function currentDay(): number {
  return Math.floor(Date.now() / DAY_MS) * DAY_MS;
}

function onTheServer(): null {
  return null;
}
