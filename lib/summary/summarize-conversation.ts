import { log } from "@/lib/observability";
import { keyOf } from "@/lib/privacy";
import type {
  CaseDraft,
  CaseLine,
  CaseSummaryBody,
  CaseSummaryModel,
  SummarizeResult,
} from "./schema";
import { claimVersion, failVersion, findNewest, findSubject, finishVersion } from "./store";

/** A message of the record as this room reads it. */
export type SummarizedMessage = CaseLine & { role: string; tokens: number };

export type SummarizeDeps = {
  model: CaseSummaryModel;
  /** The record after a seq, oldest first, a page at a time: no notes, nothing forgotten. */
  since: (
    conversationId: string,
    customer: { id: string; keyEpoch: number },
    seq: number,
    options: { limit: number },
  ) => Promise<SummarizedMessage[]>;
};

const PAGE = 1000;
const INPUT_TOKENS_MAX = 8000;
const OPENING_MESSAGES = 4;
const MODEL_SECONDS_MAX = 90;
const SPOKEN = ["customer", "assistant", "staff"];

/** The model could not write a summary; the job is to be tried again. */
export class SummaryFailed extends Error {
  override readonly name = "SummaryFailed";
}

/**
 * Writes a new version of a conversation's case summary, one at a time per conversation.
 *
 * Every sentence must name messages that exist; one that names none is flagged and never shown. When the model fails,
 * hangs or supports nothing, the versions that are there stay as they are, the failure is noted, and SummaryFailed is
 * thrown so that the job is tried again.
 */
export async function summarizeConversation(
  conversationId: string,
  { model, since }: SummarizeDeps,
): Promise<SummarizeResult> {
  const subject = await findSubject(conversationId);
  if (subject?.customer.state !== "active") {
    return "inactive";
  }
  const { customer } = subject;
  const messages = await readAll((seq) => since(conversationId, customer, seq, { limit: PAGE }));
  if (!haveBothSides(messages)) {
    return "too_short";
  }
  const coversThrough = messages.at(-1)?.seq ?? 0;
  const { ready } = await findNewest(conversationId, customer.id);
  if (ready && ready.coversThrough >= coversThrough) {
    return "current";
  }
  const claim = await claimVersion(conversationId, customer.id, coversThrough);
  if (!claim) {
    return "busy";
  }
  try {
    const lines = withinBudget(messages);
    const body = checked(await inTime(model(lines.map(toLine))), lines);
    const key = await keyOf(customer);
    return (await finishVersion(conversationId, key, claim, body)) ? "ready" : "dropped";
  } catch (cause) {
    const failure = cause instanceof SummaryFailed ? cause.message : "model_failed";
    log.warn({ event: "summary_failed", conversationId, failure });
    await failVersion(claim, failure);
    throw new SummaryFailed(failure, { cause });
  }
}

async function readAll(
  since: (seq: number) => Promise<SummarizedMessage[]>,
): Promise<SummarizedMessage[]> {
  const messages: SummarizedMessage[] = [];
  for (let last = 0; ; ) {
    const page = await since(last);
    messages.push(...page.filter(({ role }) => SPOKEN.includes(role)));
    const newest = page.at(-1)?.seq ?? 0;
    if (newest <= last) {
      return messages;
    }
    last = newest;
  }
}

function haveBothSides(messages: readonly SummarizedMessage[]): boolean {
  const isCustomer = ({ role }: SummarizedMessage) => role === "customer";
  return messages.some(isCustomer) && !messages.every(isCustomer);
}

/** How it began and how it went on last, when all of it is too much to read. */
function withinBudget(messages: readonly SummarizedMessage[]): SummarizedMessage[] {
  const opening = messages.slice(0, OPENING_MESSAGES);
  const rest = messages.slice(OPENING_MESSAGES);
  let left = INPUT_TOKENS_MAX - opening.reduce((sum, { tokens }) => sum + tokens, 0);
  let first = rest.length;
  while (first > 0 && left >= (rest[first - 1]?.tokens ?? 0)) {
    first -= 1;
    left -= rest[first]?.tokens ?? 0;
  }
  return [...opening, ...rest.slice(first)];
}

function toLine({ id, seq, speaker, text }: SummarizedMessage): CaseLine {
  return { id, seq, speaker, text };
}

/** The draft with what it cites checked against what it was given. */
function checked(draft: CaseDraft, given: readonly CaseLine[]): CaseSummaryBody {
  const known = new Set(given.map(({ id }) => id));
  const sentences = draft.sentences
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, sources }) => {
      const found = [...new Set(sources)].filter((id) => known.has(id));
      return { text, sources: found, supported: found.length > 0 };
    });
  if (draft.line.trim() === "" || !sentences.some(({ supported }) => supported)) {
    throw new SummaryFailed("nothing_supported");
  }
  return { line: draft.line, topic: draft.topic, sentences };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new SummaryFailed("model_late"));
    timer = setTimeout(fail, MODEL_SECONDS_MAX * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
