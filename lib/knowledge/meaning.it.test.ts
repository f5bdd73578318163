import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddings } from "@/e2e/embeddings-server";
import { keepPassageVectors, openEmbedder, reranker } from "@/lib/embedding";
import { newId } from "@/lib/id";
import { publishArticle, saveArticle } from "@/lib/knowledge";
import { newWord } from "@/lib/new-word-for-tests";
import { searchPassages } from "./search";

let server: Awaited<ReturnType<typeof startEmbeddings>>;
beforeAll(async () => {
  server = await startEmbeddings();
});
afterAll(() => server.close());

const author = { id: newId() };

async function publish(title: string, body: string): Promise<string> {
  const category = "Products and sizes" as const;
  const { id } = await saveArticle(author, { title, slug: `m-${newId()}`, category, body });
  await publishArticle(author, id);
  return id;
}

test("an article that means what is asked for comes first, its vectors are kept in Redis, and a dead endpoint changes nothing", async () => {
  const word = newWord();
  const shelter = await publish(
    `About ${word} ${word}`,
    `The ${word} shelter of ${word} is light.`,
  );
  const footwear = await publish(`About ${word}`, `The ${word} footwear is waterproof and warm.`);
  const model = `model-${newId()}`;
  const embedder = openEmbedder({ ...server.endpoint, model });
  const rerank = reranker(embedder, keepPassageVectors, 10_000);
  // A word that no article holds, so that only these two are found.
  const ask = async (by: typeof rerank | null) =>
    (await searchPassages(`${word} qlogs`, { limit: 2, reader: "public" }, by)).map(
      ({ articleId }) => articleId,
    );
  expect(await ask(null)).toEqual([shelter, footwear]);
  expect(await ask(rerank)).toEqual([footwear, shelter]);
  const sent = server.asked.flat().length;
  expect(await ask(rerank)).toEqual([footwear, shelter]);
  // Only the question was new.
  expect(server.asked.flat().length).toBe(sent + 1);
  server.behave("fails");
  expect(await ask(rerank)).toEqual([shelter, footwear]);
});
