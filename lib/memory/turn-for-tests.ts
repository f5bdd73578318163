import { expect } from "vitest";
import { foldMemory, prepareMemory, rememberTurn } from "@/lib/memory";
import { said } from "./for-tests";
import { ports } from "./ports";
import { splitTurns } from "./prune";
import type { MemoryState, Summarizer } from "./schema";
import { type TestRecord, testRedis } from "./store-for-tests";
import { extractive } from "./summarizer-for-tests";

export const HARD = 1000;

export const prepare = async (record: TestRecord) =>
  prepareMemory({
    conversationId: record.conversationId,
    key: record.key,
    expect: await record.claim(),
    since: record.sinceHere,
  });

/** The process is gone and another one starts: nothing that it held open survives. */
export const restart = (record: TestRecord) => ports().process.delete(record.conversationId);

export const flush = (record: TestRecord) =>
  testRedis((redis) => redis.del(record.redisKey("memory"), record.redisKey("tail")));

/** One whole turn as the agent does it: claim, prepare, answer, commit, remember. */
export async function turn(record: TestRecord, question: string, answer: string) {
  const { lastSeq } = await record.claim();
  await record.say([said(lastSeq + 1, "customer", question)]);
  const memory = await prepare(record);
  const reply = said(lastSeq + 2, "assistant", answer);
  await record.say([reply]);
  await rememberTurn(record.conversationId, record.key, [reply]);
  return { memory, needsFold: memory.needsFold([reply]) };
}

export const runFold = (record: TestRecord, summarize: Summarizer = extractive()) =>
  foldMemory(record.conversationId, { summarize, since: record.since });

export const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

/** Whatever happened: within the limit, with the newest turn, and every message in the tail or in the summary's range. */
export async function expectWhole(record: TestRecord): Promise<MemoryState> {
  const memory = await prepare(record);
  const { state } = memory;
  expect(seqs(state.tail)).toEqual(
    seqs(record.messages.filter(({ seq }) => seq > state.coveredThrough)),
  );
  const block = memory.promptBlock(HARD);
  expect(block.tokens).toBeLessThanOrEqual(HARD);
  const newest = splitTurns(record.messages).at(-1) ?? [];
  expect(block.tail.slice(-newest.length)).toEqual(newest);
  return state;
}
