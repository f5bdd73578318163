import { afterEach, describe, expect, test } from "vitest";
import {
  memoryRules,
  type RetentionRule,
  retentionOf,
  type StrategyCase,
  usualRetention,
  usualStrategy,
} from "@/lib/memory";
import { replaceMemoryRules, strategyOf } from "./rules";
import type { MemoryStrategy } from "./schema";

afterEach(() => replaceMemoryRules({ strategy: usualStrategy, retention: usualRetention }));

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

describe("how long conversations are kept", () => {
  const daysOf = (tier: string) => memoryRules().retention.keep(tier).days;

  test("is 30 days for trial, 90 for standard, 365 for premium, and 30 for guests and whoever is not known", () => {
    expect(["trial", "standard", "premium", "guest", "gold"].map(daysOf)).toEqual([
      30, 90, 365, 30, 30,
    ]);
  });

  test("counts from the last message", () => {
    expect(retentionOf("trial", new Date("2026-01-01T12:00:00Z"))).toEqual({
      days: 30,
      end: "delete",
      until: new Date("2026-01-31T12:00:00Z"),
    });
  });

  test("is what an operator's rule says, and the strategy's rule stays", () => {
    const retention: RetentionRule = {
      keep: (tier) => ({ days: tier === "premium" ? 730 : 7, end: "archive" }),
    };
    replaceMemoryRules({ retention });
    expect(retentionOf("premium", new Date(0))).toMatchObject({ days: 730, end: "archive" });
    expect(daysOf("guest")).toBe(7);
    expect(strategyOf(head)).toBe("summary_buffer");
  });
});
