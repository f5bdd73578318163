import { asRedacted } from "@/lib/privacy";
import type { Summarizer, SummaryLine } from "./schema";

export type TestSummarizer = Summarizer & {
  lines: SummaryLine[][];
  answers: ("fail" | "empty" | "hang")[];
};

/** Extracts the first words of each customer line; fails as often as `answers` says. Keeps what it was given. */
export function extractive(...answers: TestSummarizer["answers"]): TestSummarizer {
  const lines: SummaryLine[][] = [];
  const summarize: Summarizer = async (previous, given) => {
    const answer = answers.shift();
    if (answer === "fail") {
      throw new Error("the model is down");
    }
    if (answer === "hang") {
      return await new Promise(() => undefined);
    }
    if (answer === "empty") {
      return asRedacted("  ");
    }
    lines.push(given);
    const said = given
      .filter(({ speaker }) => speaker === "Customer")
      .map(({ text }) => text.split(" ").slice(0, 6).join(" "));
    return asRedacted([previous, ...said].filter(Boolean).join(" / ").slice(0, 600));
  };
  return Object.assign(summarize, { lines, answers });
}
