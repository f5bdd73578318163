import { readdir, readFile } from "node:fs/promises";
import { Refusal } from "@/lib/errors";
import { listArticles, publishArticle, saveArticle } from "@/lib/knowledge";
import { ArticleDraft } from "@/lib/knowledge/schema";
import { importOrder, importProducts, importProfile } from "@/lib/shop";
import type { ShopCaller } from "@/lib/shop/schema";
import { demoOrders } from "./orders";
import { clothingProducts } from "./products-clothing";
import { gearProducts } from "./products-gear";
import { demoProfiles } from "./profiles";

const products = [...clothingProducts, ...gearProducts];
const ARTICLES = new URL("./articles/", import.meta.url);

export async function seedProducts(): Promise<void> {
  await importProducts(products);
}

/** What the shop knows of the two demo customers, and their orders; an order number that is there already is left alone. */
export async function seedOrders(maya: ShopCaller, jonas: ShopCaller, now: Date): Promise<void> {
  const orders = demoOrders(products, now);
  await importProfile(maya, demoProfiles.maya);
  await importProfile(jonas, demoProfiles.jonas);
  for (const [owner, drafts] of [
    [maya, orders.maya],
    [jonas, orders.jonas],
  ] as const) {
    for (const draft of drafts) {
      await importOrder(owner, draft);
    }
  }
}

/**
 * Help pages from the Markdown files beside this one. A page that is there, edited or archived, is left alone; one that
 * never got beyond its first draft is left over from a seeding that was cut short, and is published.
 */
export async function seedArticles(): Promise<void> {
  const known = new Map((await listArticles()).map((article) => [article.slug, article]));
  const files = (await readdir(ARTICLES)).filter((file) => file.endsWith(".md")).sort();
  for (const file of files) {
    const draft = readArticle(file, await readFile(new URL(file, ARTICLES), "utf8"));
    const article = known.get(draft.slug) ?? (await saveOnce(draft));
    if (article?.state === "draft" && article.version === 1) {
      await publishArticle("system", article.id);
    }
  }
}

async function saveOnce(draft: ArticleDraft) {
  try {
    return await saveArticle("system", draft);
  } catch (error) {
    if (error instanceof Refusal && error.code === "slug_taken") {
      return (await listArticles()).find((article) => article.slug === draft.slug);
    }
    throw error;
  }
}

/** A page: title and category between two lines of dashes, then Markdown. The file's name is its address. */
function readArticle(file: string, text: string): ArticleDraft {
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const fields = Object.fromEntries(
    head.split("\n").map((line) => line.split(/:\s+(.*)/s).slice(0, 2)),
  );
  return ArticleDraft.parse({ ...fields, slug: file.replace(/\.md$/, ""), body });
}
