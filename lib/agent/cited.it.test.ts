import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import type { StaffCaller } from "@/lib/auth/schema";
import {
  findOpenQuestion,
  findOwnConversation,
  forgetMessages,
  listOpenQuestions,
  settleQuestion,
} from "@/lib/conversation";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import {
  archiveArticle,
  findCited,
  listArticleUse,
  publishArticle,
  saveArticle,
} from "@/lib/knowledge";
import type { ArticleAudience } from "@/lib/knowledge/schema";
import { newWord } from "@/lib/new-word-for-tests";
import { openRequest, runErasure } from "@/lib/privacy";
import { newCaller, say, scripted, testLimits } from "./testing";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
});

const author = { id: newId() };
const lead: StaffCaller = { kind: "staff", id: newId(), keyEpoch: 1, role: "lead", name: "Mara" };

/** An article that only a question with this word finds. */
async function publish(word: string, audience: ArticleAudience = "public") {
  const draft = {
    title: `Renting a ${word}`,
    slug: `rent-${newId()}`,
    category: "Products and sizes" as const,
    audience,
    body: `## Price\n\nA ${word} costs 12 euros a day.\n\n## Deposit\n\nThe deposit is 50 euros.`,
  };
  const { id } = await saveArticle(author, draft);
  await publishArticle(author, id);
  return { ...draft, id };
}

/** A question whose model searches for the word and then says so. */
async function askFor(word: string, answer: string, question = `What does a ${word} cost?`) {
  const name = `t${newId()}`;
  const call = { name: "search_articles", args: { query: word } };
  server.script({ steps: [{ toolCalls: [call] }, { text: answer }] }, name);
  const caller = await newCaller();
  const conversationId = newId();
  await say(caller, conversationId, question, {
    endpoint: scripted(server.of(name)),
    limits: testLimits,
  });
  const { messages = [] } = (await findOwnConversation(caller, conversationId)) ?? {};
  const asked = messages.find(({ role }) => role === "customer");
  const open = (await listOpenQuestions()).find((each) => each.conversationId === conversationId);
  return { caller, conversationId, asked, open, answer: messages.at(-1) };
}

test("an answer names its passages, they can be opened as they were, and the article is counted", async () => {
  const word = newWord();
  const article = await publish(word);
  const { answer, open } = await askFor(word, "It costs 12 euros a day [1].");
  const source = answer?.sources?.[0];
  expect(source).toMatchObject({ id: article.id, cited: { version: 1, ordinals: [0] } });
  expect(open).toBeUndefined();
  const cited = { articleId: article.id, ...source?.cited, version: 1, ordinals: [0] };
  const before = await findCited(cited, "public");
  expect(before?.passages[0]?.text).toContain("12 euros a day");
  expect(before?.isCurrent).toBe(true);
  await saveArticle(author, { ...article, version: 1, body: "Now it costs 15 euros a day." });
  await publishArticle(author, article.id);
  expect(await findCited(cited, "public")).toMatchObject({
    isCurrent: false,
    passages: before?.passages,
  });
  const use = await listArticleUse();
  expect(use.find(({ id }) => id === article.id)?.cited).toBe(1);
});

test("a passage is opened by nobody who may not read its article, nor before it is published or after it is taken away", async () => {
  const staffOnly = await publish(newWord(), "staff");
  const cited = { articleId: staffOnly.id, version: 1, ordinals: [0] };
  expect(await findCited(cited, "public")).toBeNull();
  expect(await findCited(cited, "customer")).toBeNull();
  expect(await findCited(cited, "staff")).not.toBeNull();
  const open = await publish(newWord());
  await saveArticle(author, { ...open, version: 1, body: "A draft that nobody is to read yet." });
  expect(await findCited({ articleId: open.id, version: 2, ordinals: [0] }, "staff")).toBeNull();
  await archiveArticle(author, open.id);
  expect(await findCited({ articleId: open.id, version: 1, ordinals: [0] }, "staff")).toBeNull();
});

test("the model of a customer is never given what is written for the team", async () => {
  const word = newWord();
  await publish(word, "staff");
  const { answer, open } = await askFor(word, "It costs 12 euros a day [1].");
  expect(answer?.sources ?? []).toEqual([]);
  expect(open).toBeDefined();
});

test("an article that no answer names is counted as unused", async () => {
  const { id } = await publish(newWord());
  expect((await listArticleUse()).find((each) => each.id === id)?.cited).toBe(0);
});

test("a question that no article answers is listed without its customer's values, until somebody settles it", async () => {
  const word = newWord();
  const question = `What does a ${word} cost? Write to ada.${word}@example.com`;
  const { open } = await askFor(word, "I do not know that.", question);
  expect(open).toMatchObject({ answeredByPerson: false });
  expect(open?.text).toContain(word);
  expect(open?.text).toContain("[EMAIL_");
  expect(open?.text).not.toContain("@example.com");
  const id = open?.id ?? "";
  expect(await findOpenQuestion(id)).toEqual(open);
  await settleQuestion(lead, id);
  expect(await findOpenQuestion(id)).toBeNull();
  await expect(settleQuestion(lead, id)).rejects.toMatchObject({ code: "not_found" });
});

test("a question is not listed any more once its customer has it forgotten, or is erased", async () => {
  const { caller, conversationId, asked, open } = await askFor(newWord(), "I do not know that.");
  const messageIds = [asked?.id ?? ""];
  await forgetMessages(caller, { conversationId, messageIds }, () => Promise.resolve());
  expect(await findOpenQuestion(open?.id ?? "")).toBeNull();
  const other = await askFor(newWord(), "I do not know that.");
  expect(other.open).toBeDefined();
  const customerId = other.caller.id;
  const opened = { openedBy: "customer", openedById: customerId } as const;
  const { id } = await openRequest({
    kind: "erasure",
    customerId,
    reason: "asked_online",
    ...opened,
  });
  await runErasure(id, dataMap);
  const left = await listOpenQuestions();
  expect(left.map((each) => each.conversationId)).not.toContain(other.conversationId);
});
