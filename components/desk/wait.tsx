"use client";

import { useSyncExternalStore } from "react";
import { Time } from "@/components/ui/time";
import { waitText } from "./wait-text";

const STEP_MS = 15_000;

/** How long a customer has been waiting; counts on by itself. The server does not know the reader's clock. */
export function Wait({ since }: { since: string }) {
  const now = useSyncExternalStore(everyStep, currentStep, onTheServer);
  if (now === null) {
    return <Time at={since} />;
  }
  return (
    <time dateTime={since} className="tabular-nums">
      {waitText(since, now)}
    </time>
  );
}

function everyStep(changed: () => void): () => void {
  const timer = setInterval(changed, STEP_MS);
  return () => clearInterval(timer);
}

function currentStep(): number {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS;
}

function onTheServer(): null {
  return null;
}
