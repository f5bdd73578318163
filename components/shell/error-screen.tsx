"use client";

import { CloudOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { Button, buttonClass } from "@/components/ui/button";

type ErrorScreenProps = {
  /** What the operator finds the report by. */
  code: string | null;
  retry: () => void;
};

/** A page could not be made: says so, what it means for the reader, and what to do. */
export function ErrorScreen({ code, retry }: ErrorScreenProps) {
  const noKey = code === "key_unavailable";
  const heading = useRef<HTMLHeadingElement>(null);
  const router = useRouter();
  const [pending, start] = useTransition();
  useEffect(() => heading.current?.focus(), []);
  // Both: the server is asked again, and its answer is drawn.
  const again = () =>
    start(() => {
      router.refresh();
      retry();
    });
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-center justify-center px-4 py-12 text-center">
      <span
        aria-hidden
        className="mb-4 flex size-12 items-center justify-center rounded-full border border-line bg-sunken text-muted [&_svg]:size-5.5"
      >
        <CloudOff />
      </span>
      <h1 ref={heading} tabIndex={-1} className="font-semibold text-lg">
        {noKey ? "We cannot open your data right now" : "This page could not be loaded"}
      </h1>
      <p className="mt-1.5 text-balance text-muted text-sm">
        {noKey
          ? "Nothing is lost, and the operators have been told. Please come back later: once they have put it right, everything is as you left it."
          : "Something failed on our side, often only for a moment. Nothing that you sent is lost. Try again; if it stays like this, come back in a few minutes."}
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button variant="primary" pending={pending} onClick={again}>
          Try again
        </Button>
        {/* A whole new page, because this one is broken. */}
        <a href="/" className={buttonClass("secondary", "md")}>
          To the start
        </a>
      </div>
      {code ? <p className="mt-6 text-muted text-xs">For our support: code {code}</p> : null}
    </main>
  );
}
