import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { IndexedPassage } from "@/lib/knowledge";
import { passagesOf } from "@/lib/knowledge";

const ArticleFile = z.object({ id: z.string(), title: z.string(), content: z.string() });

/** A case: all that its scenario says, and the ids of the articles that are needed for it. */
export type Case = { question: string; needed: string[] };

/** The passages of a folder of `{id, title, content}` files, as the product would keep them. */
export function readArticles(folder: string): IndexedPassage[] {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length === 0) {
    throw new Error(`There is no .json file in ${folder}.`);
  }
  return files.sort().flatMap((name) => {
    const file = path.join(folder, name);
    const { id, title, content } = ArticleFile.parse(JSON.parse(fs.readFileSync(file, "utf8")));
    return passagesOf({ id, slug: id, title, body: content });
  });
}

const CaseFile = z.array(
  z.object({
    user_scenario: z.object({ instructions: z.unknown() }),
    required_documents: z.array(z.string()).min(1),
  }),
);

export function readCases(file: string): Case[] {
  const cases = CaseFile.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  return cases.map(({ user_scenario: { instructions }, required_documents }) => ({
    question: textsOf(instructions).join("\n\n"),
    needed: [...new Set(required_documents)],
  }));
}

/** All texts that a scenario holds, in order, however deep. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}
