import { PromptTemplate } from "@langchain/core/prompts";
import { describe, expect, test } from "vitest";
import { summaryPrompt } from "./summary-prompt";

describe("a custom summary prompt", () => {
  test.each([
    ["{new_lines}", "{summary} is missing"],
    ["only words", "{summary} is missing, {new_lines} is missing"],
    ["{summary} {new_lines} {customer}", "{customer} is unknown"],
  ])("%j is refused by name", (prompt, reason) => {
    expect(() => summaryPrompt(prompt)).toThrow(reason);
    expect(() => summaryPrompt(PromptTemplate.fromTemplate(prompt))).toThrow(reason);
  });

  test("values are never read as templates", async () => {
    const prompt = summaryPrompt("{summary}|{new_lines}");
    const values = { summary: "{new_lines} {x}", new_lines: "Human: {summary} {{x}}" };
    expect(await prompt.format(values)).toBe("{new_lines} {x}|Human: {summary} {{x}}");
  });

  test("the default asks for exact values and holds both", async () => {
    const asked = await summaryPrompt().format({ summary: "OLD", new_lines: "NEW" });
    expect(asked).toContain("OLD");
    expect(asked).toContain("NEW");
  });
});
