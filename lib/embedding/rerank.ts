import { callWhenLate } from "@/lib/late";
import { countMetric, log } from "@/lib/observability";
import type { Embedder } from "./embedder";

/** A text that search by words has found. */
export type Candidate = { text: string; score: number };

/** The candidates' scores with what the texts mean added; the same scores when that is not known in time. */
export type Rerank = (question: string, candidates: readonly Candidate[]) => Promise<number[]>;

/** Where vectors are kept between searches. What is not in it is asked for and put in. */
export type Keep = {
  read(model: string, texts: readonly string[]): Promise<(Float32Array | null)[]>;
  write(model: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
};

export const RERANK_MS = 300;
/** What meaning counts beside words. */
const MEANING_WEIGHT = 0.5;

/**
 * Adds half of what the meaning says to what the words say, both from 0 to 1 among the candidates. A fault or more than
 * 300 ms cost the gain and nothing else; what comes too late is kept for the next search.
 */
export function reranker(embedder: Embedder, keep: Keep, ms = RERANK_MS): Rerank {
  return async (question, candidates) => {
    const scores = candidates.map(({ score }) => score);
    if (candidates.length < 2) {
      return scores;
    }
    const texts = candidates.map(({ text }) => text);
    const work = Promise.all([embedder.embed([question]), vectorsOf(embedder, keep, texts)]);
    const known = await inTime(work, ms);
    const [[asked] = [], vectors = []] = known ?? [];
    return asked ? byMeaning(scores, asked, vectors) : scores;
  };
}

async function vectorsOf(
  embedder: Embedder,
  keep: Keep,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const { model } = embedder;
  const kept = await keep.read(model, texts);
  const missing = texts.filter((_, at) => !kept[at]);
  const made = missing.length > 0 ? await embedder.embed(missing) : [];
  if (missing.length > 0) {
    await keep.write(model, missing, made);
  }
  const fresh = new Map(missing.map((text, at) => [text, made[at]]));
  return texts.map((text, at) => kept[at] ?? fresh.get(text) ?? new Float32Array());
}

/** Words from 0 to 1 by their best, meaning from 0 to 1 between the farthest and the nearest. */
export function byMeaning(
  scores: readonly number[],
  asked: Float32Array,
  vectors: readonly Float32Array[],
): number[] {
  const best = Math.max(...scores) || 1;
  const near = scores.map((_, at) => closeness(asked, vectors[at] ?? new Float32Array()));
  const least = Math.min(...near);
  const span = Math.max(...near) - least || 1;
  return scores.map(
    (score, at) => score / best + (MEANING_WEIGHT * ((near[at] ?? least) - least)) / span,
  );
}

function closeness(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let callOff: (() => void) | undefined;
  const late = new Promise<null>((resolve) => {
    callOff = callWhenLate(ms, () => {
      count("slow");
      resolve(null);
    });
  });
  const quiet = work.catch((error: unknown) => {
    log.warn({ event: "rerank_failed", reason: error instanceof Error ? error.name : "unknown" });
    count("failed");
    return null;
  });
  try {
    return await Promise.race([quiet, late]);
  } finally {
    callOff?.();
  }
}

function count(outcome: "slow" | "failed"): void {
  const help = "Searches that went on by words alone because embeddings failed or were slow.";
  countMetric({ name: "recollect_rerank_skipped_total", help }, { outcome });
}
