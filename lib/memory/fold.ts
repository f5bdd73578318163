import { log } from "@/lib/observability";
import { countTokens } from "./count-tokens";
import { findExactValues, mergeLedger } from "./ledger";
import { policy } from "./policy";
import type { FoldWrite } from "./port";
import { splitTurns, weighAll } from "./prune";
import type { MemoryHead, RecordedMessage, Summarizer } from "./schema";
import { trimText } from "./trim-text";

/** Why a fold changed nothing. */
export type FoldFailure = "summariser_failed" | "summariser_empty" | "summariser_late";

/** Room for a sentence, however little was said. */
const SUMMARY_TOKENS_MIN = 64;

export type Segment = { write: FoldWrite; rest: RecordedMessage[]; figures: SegmentFigures };
export type SegmentFigures = { tokensBefore: number; tokensAfter: number; messagesFolded: number };

/**
 * The first segment of what is to be folded: whole turns from the front, at most 2,000 tokens at once, so that a backlog
 * of thousands is folded in steps of which each is complete. `cut` messages of the tail are to go in all.
 */
export async function foldSegment(
  head: MemoryHead,
  version: number,
  { tail, cut }: { tail: readonly RecordedMessage[]; cut: number },
  summarize: Summarizer,
): Promise<Segment | FoldFailure> {
  const segment = firstSegment(tail.slice(0, cut));
  const summary = await newSummary(head, segment, summarize);
  if (typeof summary === "string") {
    return summary;
  }
  const rest = tail.slice(segment.length);
  const ledger = mergeLedger(head.ledger, findExactValues(segment), policy.ledgerItemsMax);
  const last = segment.at(-1);
  const tokensBefore = head.summaryTokens + weighAll(tail);
  return {
    write: {
      ...head,
      from: version,
      coveredThrough: last?.seq ?? head.coveredThrough,
      summary: summary.text,
      summaryTokens: summary.tokens,
      ledger,
      updatedAt: new Date().toISOString(),
    },
    rest,
    figures: {
      tokensBefore,
      tokensAfter: summary.tokens + weighAll(rest),
      messagesFolded: segment.length,
    },
  };
}

function firstSegment(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const segment: RecordedMessage[] = [];
  for (const turn of splitTurns(messages)) {
    if (segment.length > 0 && weighAll([...segment, ...turn]) > policy.optimizerTokensMax) {
      break;
    }
    segment.push(...turn);
  }
  return segment;
}

async function newSummary(
  head: MemoryHead,
  segment: readonly RecordedMessage[],
  summarize: Summarizer,
) {
  // What stands for lines is never longer than they were.
  const tokensGiven = Math.max(SUMMARY_TOKENS_MIN, head.summaryTokens + weighAll(segment));
  const tokensMax = Math.min(policy.summaryTokensMax, tokensGiven);
  // One endless message must not fill the summariser's own limit.
  const lines = segment.map(({ speaker, text }) => ({
    speaker,
    text: trimText(text, policy.optimizerTokensMax),
  }));
  try {
    const answer = await inTime(summarize(head.summary, lines, tokensMax));
    if (answer === null) {
      return "summariser_late" as const;
    }
    const text = trimText(answer, tokensMax);
    if (text.trim() === "") {
      return "summariser_empty" as const;
    }
    return { text, tokens: countTokens(text) };
  } catch (error) {
    log.warn({
      event: "memory_summariser_failed",
      reason: error instanceof Error ? error.name : "unknown",
    });
    return "summariser_failed" as const;
  }
}

/** The answer, or null when it hangs. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), policy.summariserTimeoutSeconds * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
