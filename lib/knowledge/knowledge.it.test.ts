import { beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import {
  archiveArticle,
  bringBack,
  findArticle,
  findArticleById,
  listPublishedArticles,
  publishArticle,
  saveArticle,
  searchArticles,
} from "@/lib/knowledge";
import { newWord } from "@/lib/new-word-for-tests";
import { appendAudit, listAudit } from "@/lib/privacy";
import { seedArticles } from "@/scripts/seed/shop";
import { publishElsewhere, readArticleAudit } from "./store-for-tests";

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

test("an edit is a draft: readers see the published version until the new one is published", async () => {
  const [before, after] = [newWord(), newWord()];
  const first = draft(before);
  const { id } = await saveArticle(author, first);
  await publishArticle(author, id);
  await saveArticle(author, {
    ...first,
    id,
    version: 1,
    title: `About ${after}`,
    body: `${after} only. ${after} it is.`,
  });
  expect((await findArticle(first.slug))?.title).toBe(`About ${before}`);
  expect(await searchArticles(after, { limit: 1 })).toEqual([]);
  await publishArticle(author, id);
  expect((await findArticle(first.slug))?.title).toBe(`About ${after}`);
  expect((await searchArticles(after, { limit: 1 }))[0]).toMatchObject({
    articleId: id,
    version: 2,
  });
  expect(await searchArticles(before, { limit: 1 })).toEqual([]);
});

test("publishing an older version undoes a newer one, and bringing it back writes it anew as a draft", async () => {
  const first = draft(newWord());
  const { id } = await saveArticle(author, first);
  await saveArticle(author, { ...first, id, version: 1, title: "A mistake" });
  await publishArticle(author, id);
  await publishArticle(author, id, 1);
  expect((await findArticle(first.slug))?.title).toBe(first.title);
  const { version } = await bringBack(author, { id, version: 1, newest: 2 });
  expect(version).toBe(3);
  const article = await findArticleById(id);
  expect(article).toMatchObject({ title: first.title, publishedVersion: 1 });
  expect(article?.versions.map(({ title }) => title)).toEqual([
    first.title,
    "A mistake",
    first.title,
  ]);
});

test("what is written for others is neither found nor opened", async () => {
  const word = newWord();
  const first = { ...draft(word), audience: "staff" as const };
  const { id } = await saveArticle(author, first);
  await publishArticle(author, id);
  for (const reader of ["public", "customer"] as const) {
    expect(await searchArticles(word, { limit: 1, reader })).toEqual([]);
    expect(await findArticle(first.slug, reader)).toBeNull();
    expect((await listPublishedArticles(reader)).map(({ slug }) => slug)).not.toContain(first.slug);
  }
  expect((await searchArticles(word, { limit: 1, reader: "staff" }))[0]?.articleId).toBe(id);
  expect((await findArticle(first.slug, "staff"))?.title).toBe(first.title);
});

test("a draft that opens an article to more readers does so when it is published, and not before", async () => {
  const first = { ...draft(newWord()), audience: "staff" as const };
  const { id } = await saveArticle(author, first);
  await publishArticle(author, id);
  await saveArticle(author, { ...first, id, version: 1, audience: "public" });
  expect(await findArticle(first.slug)).toBeNull();
  await publishArticle(author, id);
  expect(await findArticle(first.slug)).not.toBeNull();
});

test("the audit log says which version took the place of which", async () => {
  const first = draft(newWord());
  const { id } = await saveArticle(author, first);
  await publishArticle(author, id);
  await saveArticle(author, { ...first, id, version: 1 });
  await publishArticle(author, id);
  await archiveArticle(author, id);
  expect(await readArticleAudit(id)).toEqual([
    { action: "article_saved", version: 1, previous: null },
    { action: "article_published", version: 1, previous: null },
    { action: "article_saved", version: 2, previous: 1 },
    { action: "article_published", version: 2, previous: 1 },
    { action: "article_archived", version: 2, previous: 2 },
  ]);
});

test("an article that another process published is found here as well", async () => {
  const word = newWord();
  await searchArticles(word, { limit: 1 });
  const id = await publishElsewhere(word);
  await expect
    .poll(async () => (await searchArticles(word, { limit: 1 }))[0]?.articleId, { timeout: 15_000 })
    .toBe(id);
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
    // What readers see goes from nothing to the second version, and to nothing again.
    { articleId: id, version: 2 },
    { articleId: id, version: 2, previousVersion: 2 },
  ]);
});
