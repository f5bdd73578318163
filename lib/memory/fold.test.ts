import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { asRedacted } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { countTokens } from "./count-tokens";
import { foldDown } from "./fold-memory";
import { chatted, said } from "./for-tests";
import { policy } from "./policy";
import { splitTurns, weighAll } from "./prune";
import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { MemoryState, RecordedMessage, RecordedRole, Summarizer } from "./schema";
import { appendTo, emptyState, foldInto } from "./state";
import { HARD } from "./turn-for-tests";

const owner = { ownerId: "sarah", epoch: 1 } as SubjectKey;

/** Folds a state as a job does, and answers what became of it. */
async function folded(given: MemoryState, summarize: Summarizer) {
  let state = given;
  const kept: (string | null)[] = [];
  const { version, tail } = state;
  const result = await foldDown(
    "c",
    { owner, head: state, version, tail },
    {
      summarize,
      authority: {
        fold: async (_id, _owner, write) => {
          state = foldInto(state, write);
          return "folded";
        },
      },
      copies: [],
      keep: async (_id, _started, _figures, failure) => {
        kept.push(failure);
      },
    },
  );
  return { state, result, kept };
}

function stateOf(tail: RecordedMessage[]): MemoryState {
  return { ...emptyState(new Date(0)), tail, lastSeq: tail.at(-1)?.seq ?? 0 };
}

const long = stateOf(chatted(20, 1, 40));

describe("a summariser", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("that hangs is given up, and what it says too late changes nothing", async () => {
    vi.useFakeTimers();
    let answer: (text: ReturnType<typeof asRedacted>) => void = () => undefined;
    const hanging: Summarizer = () => new Promise((resolve) => (answer = resolve));
    const folding = folded(long, hanging);
    await vi.advanceTimersByTimeAsync(policy.summariserTimeoutSeconds * 1000);
    const { state, result, kept } = await folding;
    answer(asRedacted("Too late."));
    await vi.runAllTimersAsync();
    expect(result).toEqual({ folds: 0, failure: "summariser_late" });
    expect(kept).toEqual(["summariser_late"]);
    expect(state).toBe(long);
  });

  test("that fails after it was given up disturbs nobody", async () => {
    vi.useFakeTimers();
    let fail: (reason: Error) => void = () => undefined;
    const hanging: Summarizer = () => new Promise((_, reject) => (fail = reject));
    const folding = folded(long, hanging);
    await vi.advanceTimersByTimeAsync(policy.summariserTimeoutSeconds * 1000);
    fail(new Error("the model is down"));
    expect((await folding).result.failure).toBe("summariser_late");
  });

  test("that answers more than it got is cut to what it got, so that a fold never makes a prompt longer", async () => {
    for (const turns of [6, 20, 200]) {
      const before = stateOf(chatted(turns, 1, 40));
      const talking: Summarizer = async (previous, lines) =>
        asRedacted(`${previous} ${lines.map(({ text }) => text).join(" ")} and so on`.repeat(9));
      const { state, result } = await folded(before, talking);
      expect(result.failure).toBeNull();
      expect(countTokens(state.summary ?? "")).toBeLessThanOrEqual(policy.summaryTokensMax);
      expect(state.summaryTokens + weighAll(state.tail)).toBeLessThan(weighAll(before.tail));
    }
  });

  test("is told how much it may say, and less where it got less", async () => {
    const asked: number[] = [];
    const listening: Summarizer = async (_previous, _lines, tokensMax) => {
      asked.push(tokensMax);
      return asRedacted("They spoke of a tent.");
    };
    const short = [said(1, "customer", "hi"), said(2, "assistant", "hello")];
    const endless = chatted(12, 3, 48);
    await folded(stateOf([...short, ...endless]), listening);
    expect(asked[0]).toBe(policy.summaryTokensMax);
    asked.length = 0;
    await folded({ ...stateOf([...short, ...chatted(1, 3)]), strategy: "summary" }, listening);
    expect(asked[0]).toBeLessThan(policy.summaryTokensMax);
  });

  test("that answers what is no text changes nothing", async () => {
    const broken = (async () => undefined) as unknown as Summarizer;
    const { state, result } = await folded(long, broken);
    expect(result).toEqual({ folds: 0, failure: "summariser_failed" });
    expect(state).toBe(long);
  });
});

type Spoken = { role: RecordedRole; text: string };
type Luck = "well" | "fail" | "empty" | "endless";

const line: fc.Arbitrary<Spoken> = fc.record({
  role: fc.constantFrom<RecordedRole>("customer", "assistant", "staff", "tool", "event"),
  text: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom("", "<|endoftext|>", "x".repeat(3_000), "箱".repeat(700)),
    fc.integer({ min: 1, max: 300 }).map((times) => "noch ein Zelt ".repeat(times)),
  ),
});
const luck = fc.constantFrom<Luck>("well", "well", "fail", "empty", "endless");

const summarizerOf =
  (lucks: Luck[]): Summarizer =>
  async (previous, lines) => {
    const how = lucks.shift() ?? "well";
    if (how === "fail") {
      throw new Error("the model is down");
    }
    const said = {
      well: `${previous ?? ""}${lines.length},`,
      empty: "",
      endless: "so ".repeat(9_000),
    };
    return asRedacted(said[how]);
  };

test("whatever is said and however the summariser fares, the prompt is within its limit, holds the newest turn, and every message is in the tail or in the summary's range", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 40 }),
      fc.array(luck, { maxLength: 20 }),
      fc.integer({ min: 24, max: HARD }),
      async (lines, lucks, limit) => {
        const all = lines.map(({ role, text }, at) => said(at + 1, role, text));
        const summarize = summarizerOf(lucks);
        let state = emptyState(new Date(0));
        for (const message of all) {
          const append = { after: state.lastSeq, through: message.seq, messages: [message] };
          state = { ...state, ...(appendTo(state, append) as MemoryState) };
          const memory = new RecordedConversationMemory(state);
          const block = memory.promptBlock(limit);
          expect(block.tokens).toBeLessThanOrEqual(limit);
          expect(block.tail.at(-1)?.id).toBe(message.id);
          if (memory.needsFold()) {
            state = (await folded(state, summarize)).state;
          }
          const known = all.slice(0, message.seq);
          expect(state.tail).toEqual(known.slice(state.coveredThrough));
          const newest = splitTurns(known).at(-1) ?? [];
          expect(state.tail.slice(-newest.length)).toEqual(newest);
        }
      },
    ),
    { numRuns: 50 },
  );
});
