import { newId } from "@/lib/id";
import { asRedacted, keyOf } from "@/lib/privacy";
import { isInstruction, ownStatements } from "./own-statements";
import { whyRefused } from "./refuse-fact";
import type { FactFinder, FactLimits, FactLine, FactRefusal, FoundFact } from "./schema-fact";
import { type NewFact, settleFacts } from "./settle-facts";
import { dropOldest, findFacts, inOne, lockLearner, writeSettled } from "./store-fact";
import { advanceReading, type FoundReading, findReading } from "./store-fact-reading";

export type LearnDeps = {
  find: FactFinder;
  /** The record after a seq, oldest first, a page at a time: no notes, nothing forgotten. */
  since: (
    conversationId: string,
    customer: { id: string; keyEpoch: number },
    seq: number,
    options: { limit: number },
  ) => Promise<FactLine[]>;
  limits: FactLimits;
};

/** What came of a run: lines read, facts stored, and how many were refused for each reason. */
export type LearnResult = {
  read: number;
  learned: number;
  refused: Partial<Record<FactRefusal, number>>;
  /** Why it ended before the newest message, if it did. */
  ended: "inactive" | "lost" | null;
};

/** How many lines before tell what words stand for, how many are read at once, and how many of a page. */
const BEFORE = 6;
const LINES_AT_ONCE = 10;
const PAGE = 200;

/**
 * Reads what a customer said since the last time for facts about them, behind the answers.
 *
 * Every step is complete by itself: facts and how far was read are one transaction, under the customer's lock. Whoever
 * forgets a message meanwhile, switches memory off or is erased wins, and nothing of that step is stored.
 */
export async function learnFacts(conversationId: string, deps: LearnDeps): Promise<LearnResult> {
  const result: LearnResult = { read: 0, learned: 0, refused: {}, ended: null };
  let reading = await findReading(conversationId);
  if (!reading) {
    return { ...result, ended: "inactive" };
  }
  let before: FactLine[] = [];
  for (;;) {
    const page = await deps.since(conversationId, reading.customer, reading.through, {
      limit: PAGE,
    });
    if (page.length === 0) {
      return result;
    }
    for (let at = 0; at < page.length; at += LINES_AT_ONCE) {
      const lines = page.slice(at, at + LINES_AT_ONCE);
      const ended = await learnLines(conversationId, { reading, before, lines }, deps, result);
      if (ended) {
        return { ...result, ended };
      }
      reading = {
        ...reading,
        through: lines.at(-1)?.seq ?? reading.through,
        version: reading.version + 1,
      };
      before = [...before, ...lines].slice(-BEFORE);
    }
  }
}

type Step = { reading: FoundReading; before: FactLine[]; lines: FactLine[] };

async function learnLines(
  conversationId: string,
  { reading, before, lines }: Step,
  { find, limits }: LearnDeps,
  result: LearnResult,
): Promise<LearnResult["ended"]> {
  const told = lines
    .filter(({ role }) => role === "customer")
    .map((line) => ({ ...line, text: asRedacted(ownStatements(line.text)) }))
    .filter(({ text }) => text.trim() !== "");
  const context = before.filter(({ text }) => !isInstruction(text));
  const found = told.length > 0 ? await find(context, told) : [];
  const facts = found.flatMap((one) => {
    const line = told.find(({ id }) => id === one.source);
    const refusal = line ? refuse(one, line, limits) : "not_said";
    if (refusal || !line) {
      const why = refusal ?? "not_said";
      result.refused[why] = (result.refused[why] ?? 0) + 1;
      return [];
    }
    return [newFact(conversationId, one, line, limits)];
  });
  const owner = await keyOf(reading.customer);
  const through = lines.at(-1)?.seq ?? reading.through;
  const learned = await inOne(async (tx) => {
    if (!(await lockLearner(owner, tx))) {
      return "inactive";
    }
    if (!(await advanceReading(conversationId, { version: reading.version, through }, tx))) {
      return "lost";
    }
    if (facts.length === 0) {
      return 0;
    }
    const settled = settleFacts(await findFacts(owner, tx), facts);
    await writeSettled(owner, settled, tx);
    await dropOldest(owner.ownerId, limits.factsMax, tx);
    return settled.added.length;
  });
  if (typeof learned === "string") {
    return learned;
  }
  result.read += told.length;
  result.learned += learned;
  return null;
}

function refuse(found: FoundFact, line: FactLine, limits: FactLimits): FactRefusal | null {
  return (
    whyRefused(found, line.text) ?? (found.confidence < limits.confidenceMin ? "not_sure" : null)
  );
}

const DAY_MS = 24 * 3600 * 1000;

function newFact(
  conversationId: string,
  { kind, predicate, object, confidence, ends }: FoundFact,
  { id: messageId, createdAt }: FactLine,
  { matterDays }: FactLimits,
): NewFact {
  const until =
    kind === "matter" ? new Date(Date.parse(createdAt) + matterDays * DAY_MS).toISOString() : null;
  return {
    id: newId(),
    kind,
    predicate,
    // Words of a redacted line.
    object: asRedacted(object),
    confidence: Math.min(1, confidence),
    conversationId,
    messageId,
    since: createdAt,
    until,
    ...(ends && { ends: true }),
  };
}
