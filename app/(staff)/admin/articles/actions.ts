"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { archiveArticle, bringBack, publishArticle, saveArticle } from "@/lib/knowledge";
import { ArticleDraft } from "@/lib/knowledge/schema";

const Version = z.coerce.number().int().positive();

export const save = defineAction({
  name: "saveArticle",
  caller: "admin",
  input: ArticleDraft,
  run: async (draft, admin) => {
    const saved = await saveArticle(admin, draft);
    if (!draft.id) {
      redirect(`/admin/articles/${saved.id}`);
    }
    refresh();
  },
});

export const publish = defineAction({
  name: "publishArticle",
  caller: "admin",
  input: z.object({ id: Id, version: Version }),
  run: async ({ id, version }, admin) => {
    await publishArticle(admin, id, version);
    refresh();
  },
});

export const restore = defineAction({
  name: "bringArticleBack",
  caller: "admin",
  input: z.object({ id: Id, version: Version, newest: Version }),
  run: async (given, admin) => {
    await bringBack(admin, given);
    refresh();
  },
});

export const archive = defineAction({
  name: "archiveArticle",
  caller: "admin",
  input: z.object({ id: Id }),
  run: async ({ id }, admin) => {
    await archiveArticle(admin, id);
    refresh();
  },
});
