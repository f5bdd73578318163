import { afterEach, describe, expect, test } from "vitest";
import { type StrategyCase, usualStrategy } from "@/lib/memory";
import { replaceMemoryRules, strategyOf } from "./rules";
import type { MemoryStrategy } from "./schema";

afterEach(() => replaceMemoryRules({ strategy: usualStrategy }));

const head = { strategy: null, metadata: null, coveredThrough: 0 };

describe("the strategy of a conversation", () => {
  test("is the admin's choice, or else the deployment's", () => {
    expect(strategyOf(head)).toBe("summary_buffer");
    expect(strategyOf({ ...head, strategy: "kg" })).toBe("kg");
  });

  test("is what an operator's rule says, which is told the choice, the usual one and the metadata", () => {
    const asked: StrategyCase[] = [];
    replaceMemoryRules({
      strategy: {
        choose: (about) => {
          asked.push(about);
          return about.metadata?.["channel"] === "phone" ? "buffer" : about.usual;
        },
      },
    });
    expect(strategyOf({ strategy: "kg", metadata: { channel: "phone" }, coveredThrough: 7 })).toBe(
      "buffer",
    );
    expect(strategyOf(head)).toBe("summary_buffer");
    expect(asked[0]).toEqual({
      own: "kg",
      usual: "summary_buffer",
      metadata: { channel: "phone" },
      coveredThrough: 7,
    });
  });

  test("is the usual one where an operator's rule throws or names none of the five", () => {
    replaceMemoryRules({
      strategy: {
        choose: () => {
          throw new Error("a mistake");
        },
      },
    });
    expect(strategyOf({ ...head, strategy: "kg" })).toBe("kg");
    replaceMemoryRules({ strategy: { choose: () => "none" as MemoryStrategy } });
    expect(strategyOf(head)).toBe("summary_buffer");
  });
});
