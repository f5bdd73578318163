import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { asRedacted } from "@/lib/privacy";
import { listSummaryLines, summarizeConversation } from "./index";
import type { CaseSummaryModel } from "./schema";
import { newStaff, quoting, TestCase } from "./store-for-tests";

const counting: CaseSummaryModel = async (lines) => ({
  ...(await quoting(lines)),
  line: asRedacted(`${lines.length} messages`),
});

test("the inbox shows each conversation's newest line, and nothing where none is written", async () => {
  const one = await TestCase.make();
  const { conversationId, since } = one;
  for (const question of ["Where is my tent?", "And my stove?"]) {
    await one.say("customer", question);
    await one.say("assistant", "Let me look.");
    await summarizeConversation(conversationId, { model: counting, since });
  }
  const silent = await TestCase.make();
  const lead = newStaff();
  const lines = await listSummaryLines(lead, [conversationId, silent.conversationId, newId()]);
  expect([...lines]).toEqual([[conversationId, "4 messages"]]);
  expect(await listSummaryLines(lead, [])).toEqual(new Map());
});
