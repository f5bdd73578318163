import { expect, test } from "vitest";
import { reindexMessages } from "@/lib/conversation";
import { reindexSummaries, summarizeConversation } from "@/lib/summary";
import { quoting, TestCase } from "./store-for-tests";

test("after a restore the words of messages and of the newest summary are found again, and no others", async () => {
  const one = await TestCase.make();
  await one.say("customer", "The waterproof tent leaks at the seams");
  await one.say("assistant", "Let me look.");
  await summarizeConversation(one.conversationId, { model: quoting, since: one.since });
  await one.say("customer", "It still leaks");
  await summarizeConversation(one.conversationId, { model: quoting, since: one.since });
  const before = await one.words();
  expect(before).toHaveLength(4);
  const forgotten = await one.say("customer", "Forget that I said kayak");
  await one.forget(forgotten);
  await one.loseWords();

  for await (const _ of reindexMessages()) {
    // To its end.
  }
  for await (const _ of reindexSummaries()) {
    // To its end.
  }
  expect(await one.words()).toEqual(before);
});
