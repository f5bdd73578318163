"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonSize } from "./button";
import { IconButton } from "./icon-button";

type CopyButtonProps = {
  text: string;
  /** What is copied: "Copy answer". */
  label?: string;
  /** With words, or as an icon with its name in a tooltip. */
  shape?: "icon" | "words";
  size?: ButtonSize;
};

type State = "idle" | "copied" | "failed";
const said: Record<State, string> = { idle: "", copied: "Copied", failed: "Could not copy" };

/** Copies a text and says so, also to a screen reader; says too when the browser did not allow it. */
export function CopyButton({ text, label = "Copy", shape = "icon", size = "sm" }: CopyButtonProps) {
  const [state, setState] = useState<State>("idle");
  useEffect(() => {
    if (state === "idle") {
      return;
    }
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  const icon = state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />;
  return (
    <>
      {shape === "icon" ? (
        <IconButton label={said[state] || label} icon={icon} size={size} onClick={copy} />
      ) : (
        <Button size={size} onClick={copy}>
          {icon}
          {said[state] || label}
        </Button>
      )}
      <span role="status" className="sr-only">
        {said[state]}
      </span>
    </>
  );
}
