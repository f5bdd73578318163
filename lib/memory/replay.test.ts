import { expect, test } from "vitest";
import { replayConversation } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { extractive } from "./summarizer-for-tests";
import { seqs } from "./turn-for-tests";

test("a conversation said again is folded as in the product, and what was folded comes back when asked for", async () => {
  const boots = said(1, "customer", "My boots are size 44.");
  const messages = [boots, said(2, "assistant", "Noted."), ...chatted(40, 3, 40)];
  const summarize = extractive();
  const load = await replayConversation(messages, summarize);
  const { state } = await load();
  expect(state.version).toBeGreaterThan(2);
  expect([...summarize.lines.flat()].length + state.tail.length).toBe(messages.length);
  expect(seqs(state.tail)).toEqual(seqs(messages.filter(({ seq }) => seq > state.coveredThrough)));
  const block = (await load()).promptBlock(1000, "What size are my boots?");
  expect(block.recalled).toContainEqual(boots);
  expect(block.tokens).toBeLessThanOrEqual(1000);
});
