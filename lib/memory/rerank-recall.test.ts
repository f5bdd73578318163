import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddings } from "@/e2e/embeddings-server";
import { openEmbedder, reranker } from "@/lib/embedding";
import { said } from "./for-tests";
import { keepBeside, type RecallRerank, recallByMeaning } from "./rerank-recall";
import type { Recall } from "./schema";

let server: Awaited<ReturnType<typeof startEmbeddings>>;
beforeAll(async () => {
  server = await startEmbeddings();
});
afterAll(() => server.close());

const messages = [
  said(1, "customer", "The weather was good at the lake"),
  said(2, "customer", "My footwear must be wide, because of [PERSON_1]"),
  said(3, "customer", "I like the colour green"),
];
const recall: Recall = (question) => (question === "" ? [] : messages);
const rerank =
  (ms: number): RecallRerank =>
  (touched) =>
    reranker(openEmbedder(server.endpoint), keepBeside(touched), ms);
const texts = (list: ReturnType<Recall>) => list.map(({ text }) => text);

test("what means what is asked for comes first, and another question is answered by words", async () => {
  const question = "Which boots did I want?";
  const byMeaning = await recallByMeaning(recall, question, rerank(5_000));
  expect(texts(byMeaning(question))[0]).toBe(messages[1]?.text);
  expect(byMeaning(question)).toHaveLength(messages.length);
  expect(texts(byMeaning("something else"))).toEqual(texts(messages));
});

test("a message is asked for once, and only in its placeholder form", async () => {
  await recallByMeaning(recall, "Which boots, again?", rerank(5_000));
  const sent = server.asked.flat();
  expect(sent.filter((text) => text === messages[1]?.text)).toHaveLength(1);
  expect(sent.some((text) => text.includes("[PERSON_1]"))).toBe(true);
});

test("an endpoint that hangs costs the order of meaning and nothing else", async () => {
  server.behave("hangs");
  const question = "Which boots did I want?";
  const byMeaning = await recallByMeaning(recall, question, rerank(50));
  expect(texts(byMeaning(question))).toEqual(texts(messages));
});
