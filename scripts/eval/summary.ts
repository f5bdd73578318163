import { parseArgs } from "node:util";
import { summarizer } from "@/lib/agent";
import { countTokens } from "@/lib/memory";
import { figuresLine, figuresTable, percent } from "./figures";
import { Placeholders } from "./placeholders";
import { holds, readSgd, type Task } from "./sgd";

const USAGE = "npm run eval -- summary --data FOLDER [--json]";
const SHARES = [10, 30] as const;

/** The offline summary of a dialogue in at most this share of its characters, as its owner reads it. */
async function summaryOf({ lines }: Task, sharePercent: number): Promise<string> {
  const placeholders = new Placeholders();
  const redacted = lines.map(({ speaker, text }) => ({
    speaker,
    text: placeholders.redact(text),
  }));
  const all = redacted.map(({ text }) => text).join("\n");
  const charsMax = Math.floor(
    (lines.map(({ text }) => text).join("\n").length * sharePercent) / 100,
  );
  const summarize = summarizer([]);
  // The summariser is told tokens; what it makes of them is held to the characters.
  for (let tokensMax = Math.ceil((countTokens(all) * sharePercent) / 70); ; tokensMax -= 1) {
    const summary = placeholders.restore(await summarize(null, redacted, tokensMax));
    if (summary.length <= charsMax || tokensMax <= 1) {
      return summary.slice(0, charsMax);
    }
  }
}

async function measure(tasks: readonly Task[]) {
  const kept = new Map<number, number>();
  for (const task of tasks) {
    for (const share of SHARES) {
      const summary = await summaryOf(task, share);
      const count = task.facts.filter((ways) => holds(summary, ways)).length;
      kept.set(share, (kept.get(share) ?? 0) + count);
    }
  }
  const facts = tasks.reduce((sum, task) => sum + task.facts.length, 0);
  return {
    keyFacts10: percent(kept.get(10) ?? 0, facts),
    keyFacts30: percent(kept.get(30) ?? 0, facts),
    dialogues: tasks.length,
    facts,
  };
}

const { values } = parseArgs({
  options: { data: { type: "string" }, json: { type: "boolean", default: false } },
});
if (!values.data) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const figures = await measure(readSgd(values.data));
  console.log(values.json ? figuresLine("summary", figures, 1) : figuresTable(figures));
}
