import { parseArgs } from "node:util";
import { summarizer, writeMemoryBlock } from "@/lib/agent";
import { countTokens, replayConversation } from "@/lib/memory";
import type { PromptBlock } from "@/lib/memory/schema";
import { figuresLine, figuresTable, percent } from "./figures";
import { type Dialogue, readLocomo } from "./locomo";
import { p95, round } from "./redaction-score";

const USAGE = "npm run eval -- recall --data FILE [--json]";
const LIMITS = [500, 1000, 2000] as const;
const RANK = 10;

type Memory = Awaited<ReturnType<Awaited<ReturnType<typeof replayConversation>>>>;
type Sums = { evidence: number; kept: Map<number, number>; recalls: number[]; ms: number[] };

/** What a message of a chat costs beside its text. */
const MESSAGE_TOKENS = 4;

/** The block as it stands in a prompt, counted here again, whatever it says of itself. */
function tokensOf(block: PromptBlock): number {
  const spoken = block.tail.reduce((sum, { text }) => sum + countTokens(text) + MESSAGE_TOKENS, 0);
  return countTokens(writeMemoryBlock(block)) + spoken;
}

/** How many of these texts stand in the block, which is held to `limit` tokens. */
function countKept(memory: Memory, question: string, limit: number, texts: readonly string[]) {
  const block = memory.promptBlock(limit, question);
  const tokens = tokensOf(block);
  if (tokens > limit) {
    throw new Error(`A memory block of ${tokens} tokens was to hold ${limit}`);
  }
  const said = new Set<string>([...block.tail, ...block.recalled].map(({ text }) => text));
  return texts.filter((text) => said.has(text) || block.summary?.includes(text)).length;
}

/** One warm load and its block, at its best of three: what else the machine does only adds. */
async function loadMs(load: () => Promise<Memory>, question: string): Promise<number> {
  const ms: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    (await load()).promptBlock(Math.max(...LIMITS), question);
    ms.push(performance.now() - begun);
  }
  return Math.min(...ms);
}

async function measureOne({ messages, questions }: Dialogue, sums: Sums): Promise<void> {
  const load = await replayConversation(messages, summarizer([]));
  const textOf = new Map(messages.map(({ id, text }) => [id, text]));
  for (const { text: question, evidence } of questions) {
    const memory = await load();
    sums.ms.push(await loadMs(load, question));
    const texts = evidence.flatMap((id) => textOf.get(id) ?? []);
    sums.evidence += texts.length;
    for (const limit of LIMITS) {
      const kept = countKept(memory, question, limit, texts);
      sums.kept.set(limit, (sums.kept.get(limit) ?? 0) + kept);
    }
    const first = new Set(
      memory
        .touchedBy(question)
        .slice(0, RANK)
        .map(({ id }) => id),
    );
    sums.recalls.push(evidence.filter((id) => first.has(id)).length / evidence.length);
  }
}

/** Shares of all evidence turns; `recall10` is the mean over the questions, as is usual. */
async function measure(dialogues: readonly Dialogue[]) {
  const sums: Sums = { evidence: 0, kept: new Map(), recalls: [], ms: [] };
  for (const dialogue of dialogues) {
    await measureOne(dialogue, sums);
  }
  const kept = (limit: number) => percent(sums.kept.get(limit) ?? 0, sums.evidence);
  return {
    evidenceKept500: kept(500),
    evidenceKept1000: kept(1000),
    evidenceKept2000: kept(2000),
    recall10: percent(
      sums.recalls.reduce((sum, recall) => sum + recall, 0),
      sums.recalls.length,
    ),
    p95Ms: round(p95(sums.ms)),
    conversations: dialogues.length,
    questions: sums.recalls.length,
    evidence: sums.evidence,
  };
}

const { values } = parseArgs({
  options: { data: { type: "string" }, json: { type: "boolean", default: false } },
});
if (!values.data) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const figures = await measure(readLocomo(values.data));
  console.log(values.json ? figuresLine("recall", figures, 1) : figuresTable(figures));
}
