import { HumanMessage } from "@langchain/core/messages";
import { RunnableLambda } from "@langchain/core/runnables";
import { expect, test } from "vitest";
import { MemoryDebugCallback } from "@/lib/memory";
import type { Line } from "@/lib/observability";

test("a chain is told by the length of its input and its seconds, never by its text", async () => {
  const lines: Line[] = [];
  const callbacks = [new MemoryDebugCallback((line) => lines.push(line))];
  const chain = RunnableLambda.from((input: string) => input.toUpperCase());
  expect(await chain.invoke("my secret", { callbacks })).toBe("MY SECRET");
  expect(lines).toEqual([
    { event: "memory_chain_start", inputLength: "my secret".length },
    { event: "memory_chain_end", seconds: expect.stringMatching(/^\d+\.\d\d$/) },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret/i);
});

test("the length is that of the text, also where it comes as messages or under several keys", () => {
  const lines: Line[] = [];
  const callback = new MemoryDebugCallback((line) => lines.push(line));
  callback.handleChainStart(
    {},
    { input: "five.", history: [new HumanMessage("seven..")], k: 5 },
    "1",
  );
  const round: Record<string, unknown> = { input: "1" };
  round["itself"] = round;
  callback.handleChainStart({}, round, "2");
  expect(lines.pop()).toMatchObject({ inputLength: expect.any(Number) });
  callback.handleMemorySave("c", 1234);
  expect(lines).toEqual([
    { event: "memory_chain_start", inputLength: 12 },
    { event: "memory_save", conversationId: "c", bytes: 1234 },
  ]);
});

test("a chain that fails is told by its error's name", async () => {
  const lines: Line[] = [];
  const callbacks = [new MemoryDebugCallback((line) => lines.push(line))];
  const chain = RunnableLambda.from((): string => {
    throw new TypeError("my secret");
  });
  await expect(chain.invoke("x", { callbacks })).rejects.toThrow(TypeError);
  expect(lines.at(-1)).toMatchObject({ event: "memory_chain_failed", reason: "TypeError" });
});
