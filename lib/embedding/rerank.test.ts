import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmbeddings } from "@/e2e/embeddings-server";
import { renderMetrics } from "@/lib/observability";
import { openEmbedder } from "./embedder";
import { type Keep, reranker } from "./rerank";

let server: Awaited<ReturnType<typeof startEmbeddings>>;
beforeAll(async () => {
  server = await startEmbeddings();
});
afterAll(() => server.close());
beforeEach(() => {
  server.behave("answers");
  server.asked.length = 0;
});

function holdingKeep(): Keep & { held: Map<string, Float32Array> } {
  const held = new Map<string, Float32Array>();
  return {
    held,
    read: (_, texts) => Promise.resolve(texts.map((text) => held.get(text) ?? null)),
    write: (_, texts, vectors) => {
      for (const [at, text] of texts.entries()) {
        held.set(text, vectors[at] ?? new Float32Array());
      }
      return Promise.resolve();
    },
  };
}

const candidates = [
  { text: "A shelter for two in the snow", score: 1 },
  { text: "Footwear is sent back within 60 days", score: 0.9 },
  { text: "Cash is never sent by post", score: 0.2 },
];
const question = "Can I return my boots?";
const open = (ms?: number, keep = holdingKeep()) =>
  reranker(openEmbedder(server.endpoint), keep, ms);

test("what means the same moves up, and half as much as words may move it", async () => {
  const scores = await open(5_000)(question, candidates);
  expect(scores[1]).toBeCloseTo(0.9 + 0.5, 1);
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
  expect(Math.max(...scores)).toBeLessThanOrEqual(1.5);
});

test("a passage is asked for once", async () => {
  const rerank = open(5_000);
  await rerank(question, candidates);
  await rerank(question, candidates);
  expect(server.asked.flat().filter((text) => text === candidates[0]?.text)).toHaveLength(1);
});

test.each(["hangs", "fails", "nonsense"] as const)(
  "an endpoint that %s leaves the order of the words, and is counted",
  async (behaviour) => {
    server.behave(behaviour);
    const skipped = () => /rerank_skipped_total\{[^}]*\} (\d+)/g;
    const sum = () =>
      [...renderMetrics().matchAll(skipped())].reduce((all, [, n]) => all + Number(n), 0);
    const before = sum();
    expect(await open(behaviour === "hangs" ? 50 : 5_000)(question, candidates)).toEqual([
      1, 0.9, 0.2,
    ]);
    expect(sum()).toBe(before + 1);
  },
);

test("an endpoint that nobody answers for leaves the order of the words", async () => {
  const gone = openEmbedder({ ...server.endpoint, baseUrl: "http://127.0.0.1:9/v1" });
  expect(await reranker(gone, holdingKeep(), 5_000)(question, candidates)).toEqual([1, 0.9, 0.2]);
});

test("one candidate needs no order, and nobody is asked", async () => {
  expect(await open()(question, candidates.slice(0, 1))).toEqual([1]);
  expect(server.asked).toEqual([]);
});
