import { expect, test } from "vitest";
import { buildArticleIndex } from "./article-index";
import { askIndex, partsOf } from "./ask-index";
import { passagesOf } from "./passages-of";
import type { ArticleAudience } from "./schema";

type Given = {
  id: string;
  title: string;
  body: string;
  audience?: ArticleAudience;
  locale?: string;
};

function indexOf(...articles: Given[]) {
  return buildArticleIndex(
    articles.flatMap(({ id, ...rest }) => passagesOf({ id, slug: id, ...rest })),
  );
}

const filler = (word: string) => Array.from({ length: 130 }, () => word).join(" ");
const shop = indexOf(
  {
    id: "returns",
    title: "Returning items",
    body: `Send unworn boots back within 60 days.\n\n## The parcel\n\n${filler("carton")}\n\n## The label\n\nPrint the label at home or in any store.`,
  },
  { id: "warranty", title: "Warranty", body: "A tent has a warranty of five years." },
  { id: "gifts", title: "Gift cards", body: "A gift card is valid for three years." },
  {
    id: "refunds-inside",
    title: "Refunds above the limit",
    body: "A lead may refund up to 200 euros without asking.",
    audience: "staff",
  },
  {
    id: "members",
    title: "Members' prices",
    body: "Members get the early sale two days before.",
    audience: "customer",
  },
  { id: "versand", title: "Versand", body: "Die Lieferung dauert drei Tage.", locale: "de" },
);
const ids = (question: string, reader: ArticleAudience = "public", limit = 5) =>
  askIndex(shop, question, { limit, reader }).map(({ articleId }) => articleId);

test("a word that no article holds does not empty the answer", () => {
  expect(ids("xylophonist warranty")).toEqual(["warranty"]);
});

test("a typing error is forgiven, and so are two words written as one", () => {
  expect(ids("warrenty")).toEqual(["warranty"]);
  expect(ids("giftcard")).toEqual(["gifts"]);
});

test("each article comes once, with the passage that speaks of the question", () => {
  const [first, ...others] = askIndex(shop, "print a return label", { limit: 5, reader: "public" });
  expect(first).toMatchObject({ articleId: "returns", heading: "The label" });
  expect(first?.text).toContain("Print the label");
  expect(first?.ordinal).toBe(2);
  expect(others.map(({ articleId }) => articleId)).not.toContain("returns");
});

test("a question about two matters finds both, also where one of them takes many more words", () => {
  const long =
    "My parcel with the boots came yesterday and the boots are too small, so I want to send the boots back to you in the parcel within the days that I have. How long does the warranty of my tent last, please?";
  expect(ids(long, "public", 2).sort()).toEqual(["returns", "warranty"]);
});

test("nobody is shown what is written for others", () => {
  expect(ids("refund limit lead")).toEqual([]);
  expect(ids("refund limit lead", "customer")).toEqual([]);
  expect(ids("refund limit lead", "staff")).toEqual(["refunds-inside"]);
  expect(ids("members early sale")).toEqual([]);
  expect(ids("members early sale", "customer")).toEqual(["members"]);
});

test("what may not be shown takes no place of what may", () => {
  const crowd = indexOf(
    ...Array.from({ length: 60 }, (_, at) => ({
      id: `inside-${at}`,
      title: "Refunds",
      body: "Refunds refunds refunds.",
      audience: "staff" as const,
    })),
    { id: "open", title: "Money back", body: "Ask for refunds in the chat, and name the order." },
  );
  const found = askIndex(crowd, "refunds", { limit: 1, reader: "public" });
  expect(found.map(({ articleId }) => articleId)).toEqual(["open"]);
});

test("an article is found in the language in which it is written", () => {
  expect(ids("Wie lange dauern die Lieferungen?")).toEqual(["versand"]);
});

test("a question without a word to search for finds nothing rather than everything", () => {
  expect(ids("what is the")).toEqual([]);
  expect(ids("")).toEqual([]);
});

test("a question is asked in at most four parts of whole sentences, and no word is lost", () => {
  const sentence = (word: string) => `${word} is what I would like to know about today.`;
  const text = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"].map(sentence).join(" ");
  const parts = partsOf(text);
  expect(parts.length).toBe(4);
  expect(parts.join(" ")).toBe(text);
  expect(partsOf("Where is it? And why?")).toEqual(["Where is it? And why?"]);
});
