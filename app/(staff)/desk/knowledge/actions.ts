"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { findOpenQuestion, settleQuestion } from "@/lib/conversation";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { saveArticle } from "@/lib/knowledge";
import { ArticleDraft } from "@/lib/knowledge/schema";

export const setAside = defineAction({
  name: "setQuestionAside",
  caller: "lead",
  input: z.object({ id: Id }),
  run: async ({ id }, lead) => {
    await settleQuestion(lead, id);
    refresh();
  },
});

/** A lead writes drafts; what is published, and what is there already, is an admin's. */
export const writeForQuestion = defineAction({
  name: "writeArticleForQuestion",
  caller: "lead",
  input: ArticleDraft.omit({ id: true, version: true }).extend({ questionId: Id }),
  run: async ({ questionId, ...draft }, lead): Promise<void> => {
    if (!(await findOpenQuestion(questionId))) {
      throw new Refusal("not_found");
    }
    const { id } = await saveArticle(lead, draft);
    await settleQuestion(lead, questionId, id);
    redirect(lead.role === "admin" ? `/admin/articles/${id}` : "/desk/knowledge?written");
  },
});
