"use client";

import { Markdown } from "@/components/ui/markdown";
import type { AnswerState } from "@/lib/conversation/schema";
import { Speaker } from "./transcript-message";

/** The AI's answer while it is written. Outside the log, which would read out every word as it comes. */
export function Writing({ answer }: { answer: AnswerState }) {
  return (
    <article
      aria-label="The AI is answering"
      aria-busy="true"
      className="mb-6 ml-auto w-fit min-w-[min(18rem,100%)] max-w-[min(68ch,92%)] rounded-lg border border-accent-line border-dashed bg-surface px-4 py-3"
    >
      <div className="mb-1">
        <Speaker name="AI" detail="is answering" />
      </div>
      {answer.text ? (
        <Markdown text={answer.text} streaming className="text-sm" />
      ) : (
        <p className="flex items-center gap-2 text-muted text-sm">
          <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
          {answer.status ?? "Thinking"}
        </p>
      )}
    </article>
  );
}
