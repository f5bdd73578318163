"use client";

import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";

/** Said again every few seconds while it lasts; this long after the last time it is over. */
const LASTS_MS = 6_000;

type TypingLineProps = {
  /** Rises each time the other side says that they are writing; null while they do not. */
  beat: number | null;
  /** Who it is: "Support", "The customer". */
  who: string;
  /** The newest message: until there is a newer one, it is not announced a second time. */
  after: string;
  className?: string;
};

/** The other side is writing. Seen while it lasts, read out once for each message that it may become. */
export function TypingLine({ beat, who, after, className }: TypingLineProps) {
  const shown = useLasting(beat);
  const [announced, setAnnounced] = useState<string | null>(null);
  if (shown && announced !== after) {
    setAnnounced(after);
  }
  const sentence = `${who} is writing`;
  return (
    <>
      <p role="status" className="sr-only">
        {announced === after ? sentence : ""}
      </p>
      {shown ? (
        <p
          aria-hidden
          className={classNames("flex items-center gap-2 text-muted text-sm", className)}
        >
          <span className="size-2 animate-breathe rounded-full bg-accent" />
          {sentence}
        </p>
      ) : null}
    </>
  );
}

function useLasting(beat: number | null): boolean {
  const [over, setOver] = useState<number | null>(null);
  useEffect(() => {
    if (beat === null) {
      return;
    }
    const timer = setTimeout(() => setOver(beat), LASTS_MS);
    return () => clearTimeout(timer);
  }, [beat]);
  return beat !== null && beat !== over;
}
