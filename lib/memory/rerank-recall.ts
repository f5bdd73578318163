import type { Keep, Rerank } from "@/lib/embedding";
import { configuredEmbedder, reranker } from "@/lib/embedding";
import { once } from "@/lib/once";
import { policy } from "./policy";
import type { Recall, RecordedMessage } from "./schema";

/** The most touched messages are put into a new order; what is touched less stays behind them. */
const RERANKED_MAX = 40;

/** Vectors of messages live beside them in the process and are kept nowhere else: they leave with the index. */
const beside = new WeakMap<RecordedMessage, Float32Array>();

/** How recall is put in order by meaning, from these texts' vectors; null where the operator has not asked for it. */
export type RecallRerank = (messages: readonly RecordedMessage[]) => Rerank;

export function recallRerank(): RecallRerank | null {
  const embedder = policy.rerank === 1 ? configuredEmbedder() : null;
  return (
    embedder && once("memory.rerank", () => (messages) => reranker(embedder, keepBeside(messages)))
  );
}

export function keepBeside(messages: readonly RecordedMessage[]): Keep {
  const byText = new Map<string, RecordedMessage>(messages.map((each) => [each.text, each]));
  const find = (text: string) => byText.get(text);
  return {
    read(_, texts) {
      return Promise.resolve(
        texts.map((text) => {
          const message = find(text);
          return (message && beside.get(message)) ?? null;
        }),
      );
    },
    write(_, texts, vectors) {
      for (const [at, text] of texts.entries()) {
        const [message, vector] = [find(text), vectors[at]];
        if (message && vector) {
          beside.set(message, vector);
        }
      }
      return Promise.resolve();
    },
  };
}

/**
 * The same recall, which for this question answers in an order that the meaning has a part in. Search by words gives no
 * scores here, so each place counts a little less than the one before it.
 */
export async function recallByMeaning(
  recall: Recall,
  question: string,
  rerank: RecallRerank,
): Promise<Recall> {
  const touched = recall(question);
  const first = touched.slice(0, RERANKED_MAX);
  const candidates = first.map(({ text }, at) => ({ text, score: 1 - at / first.length }));
  const scores = await rerank(first)(question, candidates);
  const order = [...first.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const reordered = [...order.flatMap((at) => first[at] ?? []), ...touched.slice(RERANKED_MAX)];
  return (asked) => (asked === question ? reordered : recall(asked));
}
