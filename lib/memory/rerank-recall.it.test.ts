import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddings } from "@/e2e/embeddings-server";
import { openEmbedder, reranker } from "@/lib/embedding";
import { prepareMemory } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { withRecall } from "./recall";
import { keepBeside, type RecallRerank } from "./rerank-recall";
import { TestRecord } from "./store-for-tests";
import { runFold } from "./turn-for-tests";

let server: Awaited<ReturnType<typeof startEmbeddings>>;
beforeAll(async () => {
  server = await startEmbeddings();
});
afterAll(() => server.close());

const QUESTION = "Which boots did I say I wanted for the trip?";
const WISH = "For the trip my footwear must be wide.";

const rerank =
  (ms: number): RecallRerank =>
  (messages) =>
    reranker(openEmbedder(server.endpoint), keepBeside(messages), ms);

test("a turn recalls first what means what its newest message asks, and by words where the endpoint is down", async () => {
  const record = await TestRecord.make();
  await record.say([
    said(1, "customer", "The trip: I said I wanted the trip to be long, a long trip."),
    said(2, "assistant", "Noted."),
    said(3, "customer", WISH),
  ]);
  await record.say(chatted(20, 4, 40));
  expect((await runFold(record)).failure).toBeNull();
  await record.say([said(44, "customer", QUESTION)]);
  const { conversationId, key, sinceHere: since } = record;
  const memory = await prepareMemory({
    conversationId,
    key,
    expect: await record.claim(),
    since,
  });
  const firstOf = async (by: RecallRerank | null) =>
    (await withRecall(memory, { conversationId, key, since }, by)).touchedBy(memory.question)[0]
      ?.text;
  expect(memory.question).toBe(QUESTION);
  expect(await firstOf(null)).not.toBe(WISH);
  expect(await firstOf(rerank(10_000))).toBe(WISH);
  server.behave("fails");
  expect(await firstOf(rerank(10_000))).not.toBe(WISH);
});
