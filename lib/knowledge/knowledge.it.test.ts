import { beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import {
  archiveArticle,
  findArticle,
  findArticleById,
  publishArticle,
  saveArticle,
  searchArticles,
} from "@/lib/knowledge";
import { appendAudit, listAudit } from "@/lib/privacy";
import { seedArticles } from "@/scripts/seed/shop";

beforeAll(seedArticles);

const author = { id: newId() };

function draft(word: string) {
  return {
    title: `About ${word}`,
    slug: `about-${newId()}`,
    category: "Products and sizes" as const,
    body: `## Use\n\nThe ${word} is used on snow, and never on rock. It is kept dry.`,
  };
}

/** A word that no other article has. */
function newWord(): string {
  return `zq${newId().replaceAll(/[^a-f]/g, "")}${newId().replaceAll(/[^a-f]/g, "")}`;
}

test.each([
  ["How long do I have to return boots?", "returns"],
  ["when do i get my money back refund", "refunds"],
  ["How long does the warranty last on a tent?", "warranty"],
  ["how much is shipping to switzerland", "delivery-times"],
  ["boots size which one", "size-guide-boots"],
  ["refnud", "refunds"],
  ["giftcard expired", "gift-cards"],
  ["how do I wash my down jacket", "washing-and-care"],
  ["xylophonist returns", "returns"],
])("who asks %j finds the page %s first or second", async (question, slug) => {
  const hits = await searchArticles(question, { limit: 3 });
  expect(hits.slice(0, 2).map((hit) => hit.slug)).toContain(slug);
});

test("each article is found once, by its best passage", async () => {
  const hits = await searchArticles("return refund parcel delivery", { limit: 10 });
  expect(new Set(hits.map((hit) => hit.articleId)).size).toBe(hits.length);
});

test("an article is found as soon as it is published, and no longer once it is archived", async () => {
  const word = newWord();
  const { id } = await saveArticle(author, draft(word));
  expect(await searchArticles(word, { limit: 1 })).toEqual([]);
  const { slug } = await publishArticle(author, id);
  expect((await searchArticles(word, { limit: 1 }))[0]?.articleId).toBe(id);
  expect((await findArticle(slug))?.title).toBe(`About ${word}`);
  await archiveArticle(author, id);
  expect(await searchArticles(word, { limit: 1 })).toEqual([]);
  expect(await findArticle(slug)).toBeNull();
});

test("an edit is a new version, and the old one stays readable", async () => {
  const first = draft(newWord());
  const { id, version } = await saveArticle(author, first);
  await saveArticle(author, { ...first, id, version, title: "Another title" });
  const article = await findArticleById(id);
  expect(article?.version).toBe(2);
  expect(article?.versions.map(({ title }) => title)).toEqual(["Another title", first.title]);
});

test("who edits a version that somebody has replaced is told so, and nothing is overwritten", async () => {
  const first = draft(newWord());
  const { id, version } = await saveArticle(author, first);
  await saveArticle(author, { ...first, id, version, title: "By somebody" });
  await expect(saveArticle(author, { ...first, id, version })).rejects.toMatchObject({
    code: "article_stale",
  });
  expect((await findArticleById(id))?.title).toBe("By somebody");
});

test("two articles cannot have one address", async () => {
  const first = draft(newWord());
  await saveArticle(author, first);
  await expect(saveArticle(author, first)).rejects.toMatchObject({ code: "slug_taken" });
});

test("what is done with an article is written down with what it was before", async () => {
  const writer = { id: newId() };
  const { id, version } = await saveArticle(writer, draft(newWord()));
  await saveArticle(writer, { ...draft(newWord()), id, version });
  await publishArticle(writer, id);
  await archiveArticle(writer, id);
  await appendAudit();
  const { entries } = await listAudit({ actor: writer.id });
  expect(entries.map(({ metadata }) => metadata).reverse()).toEqual([
    { articleId: id, version: 1 },
    { articleId: id, version: 2, previousVersion: 1 },
    { articleId: id, version: 2, state: "published", previous: "draft" },
    { articleId: id, version: 2, state: "archived", previous: "published" },
  ]);
});
