import { afterAll, describe, expect, test } from "vitest";
import type { CustomerCaller } from "@/lib/auth/schema";
import {
  acceptMessage,
  cancelTurn,
  claimTurn,
  commitTurn,
  listOwnConversations,
  startAnswer,
} from "@/lib/conversation";
import { createGuest } from "@/lib/customer";
import { newId } from "@/lib/id";
import { stopJobs } from "@/lib/job";
import { foldMemory } from "@/lib/memory";
import { asRedacted } from "@/lib/privacy";
import { forgetConversation, forgetEverything, forgetValue, listOwnMemory } from "./index";
import { readRecord } from "./read-record";

afterAll(() => stopJobs(1_000));

async function newCaller(): Promise<CustomerCaller> {
  const { id, keyEpoch } = await createGuest();
  return { kind: "customer", id, keyEpoch, registered: false, memoryOn: true, restricted: false };
}

/** Says things in one conversation; nothing answers. */
async function tell(caller: CustomerCaller, ...texts: string[]): Promise<string> {
  const conversationId = newId();
  for (const text of texts) {
    await acceptMessage(caller, { id: newId(), conversationId, text });
  }
  await cancelTurn(caller, conversationId);
  return conversationId;
}

/** Says things in one conversation, each of them answered. */
async function talk(caller: CustomerCaller, ...texts: string[]): Promise<string> {
  const conversationId = newId();
  for (const text of texts) {
    await exchange(caller, conversationId, text, "Noted.");
  }
  return conversationId;
}

const answerAgain = (caller: CustomerCaller, conversationId: string, answer: string) =>
  exchange(caller, conversationId, "And?", answer);

async function exchange(
  caller: CustomerCaller,
  conversationId: string,
  text: string,
  answer: string,
) {
  const { turnId } = await acceptMessage(caller, { id: newId(), conversationId, text });
  const turn = turnId && (await claimTurn("runner", turnId));
  if (!turn) {
    throw new Error("The turn could not be claimed");
  }
  await startAnswer(turn);
  await commitTurn(turn, { text: asRedacted(answer), meta: {}, tokens: 2 });
}

/** Folds all but the newest turn, quoting what was said, as a summariser that hides nothing. */
async function fold(conversationId: string): Promise<void> {
  const result = await foldMemory(conversationId, {
    since: readRecord,
    summarize: async (previous, lines) =>
      asRedacted(
        [previous, ...lines.map(({ text }) => text.slice(0, 60))].filter(Boolean).join(" / "),
      ),
  });
  expect(result).toMatchObject({ folds: 1, failure: null });
}

const memoryOf = async (caller: CustomerCaller) => (await listOwnMemory(caller, null)).rows;
const valuesOf = async (caller: CustomerCaller) =>
  (await memoryOf(caller)).flatMap(({ values }) =>
    values.map(({ kind, value }) => `${kind} ${value}`),
  );

const padding = "The weather on the fells was wet and the path was long. ".repeat(12);

describe("a customer looks at what is remembered", () => {
  test("they see their name, order and e-mail as they wrote them, with the message each came from", async () => {
    const sarah = await newCaller();
    await tell(
      sarah,
      "Hello, my name is Sarah.",
      "Order #ORD-789456, write to sarah@example.com please",
    );
    const [only] = await memoryOf(sarah);
    expect(only?.values).toEqual([
      expect.objectContaining({ kind: "name", value: "Sarah" }),
      expect.objectContaining({
        kind: "placeholder",
        value: "sarah@example.com",
        stored: "[EMAIL_1]",
      }),
      expect.objectContaining({ kind: "order", value: "#ORD-789456" }),
    ]);
    expect(only?.values[0]?.sources).toMatchObject([{ text: "Hello, my name is Sarah." }]);
    expect(only).toMatchObject({ summary: null, wordForWord: 2, summarised: 0 });
  });

  test("after a fold they see the summary with their own values in it", async () => {
    const sarah = await newCaller();
    const id = await talk(
      sarah,
      `Reach me at sarah@example.com. ${padding}`,
      padding,
      padding,
      "And now?",
    );
    await fold(id);
    const [only] = await memoryOf(sarah);
    expect(only?.summary).toContain("sarah@example.com");
    expect(only?.summarised).toBeGreaterThan(0);
  });

  test("another customer cannot see any of it", async () => {
    const sarah = await newCaller();
    await tell(sarah, "My name is Sarah.");
    expect(await memoryOf(await newCaller())).toEqual([]);
  });
});

describe("a customer has something forgotten", () => {
  test("a value goes with every message it stands in, and the rest stays", async () => {
    const sarah = await newCaller();
    const id = await tell(
      sarah,
      "My name is Sarah.",
      "Order 12345 is late: order 12345!",
      "I mean order 12345.",
    );
    expect(await forgetValue(sarah, { conversationId: id, kind: "order", stored: "12345" })).toBe(
      2,
    );
    expect(await valuesOf(sarah)).toEqual(["name Sarah"]);
    const left = await readRecord(id, sarah, 0);
    expect(left.map(({ text }) => text)).toEqual(["My name is [PERSON_1]."]);
  });

  test("a name goes with the answers that repeat it, from which it could be learned again", async () => {
    const sarah = await newCaller();
    const id = await talk(sarah, "My name is Sarah Miller.", "Are your tents waterproof?");
    await answerAgain(sarah, id, "They are, [PERSON_1].");
    await forgetValue(sarah, { conversationId: id, kind: "name", stored: "[PERSON_1]" });
    const left = (await readRecord(id, sarah, 0)).map(({ text }) => text);
    expect(left).toEqual(["Noted.", "Are your tents waterproof?", "Noted.", "And?"]);
  });

  test("a value that only the summary still held is gone from the summary", async () => {
    const sarah = await newCaller();
    const id = await talk(
      sarah,
      `My order is #ORD-789456. ${padding}`,
      padding,
      padding,
      "And now?",
    );
    await fold(id);
    const [before] = await memoryOf(sarah);
    expect(before?.summary).toContain("ORD-789456");
    await forgetValue(sarah, { conversationId: id, kind: "order", stored: "#ORD-789456" });
    const [after] = await memoryOf(sarah);
    expect(after?.summary).toBeNull();
    expect(JSON.stringify(after)).not.toContain("789456");
  });

  test("another customer cannot forget a value, a conversation, or anything by way of everything", async () => {
    const sarah = await newCaller();
    const id = await tell(sarah, "My name is Sarah.");
    const stranger = await newCaller();
    const value = { conversationId: id, kind: "name", stored: "[PERSON_1]" } as const;
    await expect(forgetValue(stranger, value)).rejects.toMatchObject({ code: "not_found" });
    await expect(forgetConversation(stranger, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await forgetEverything(stranger)).toBe(0);
    expect(await valuesOf(sarah)).toEqual(["name Sarah"]);
  });

  test("a conversation is forgotten whole, and so is its title", async () => {
    const sarah = await newCaller();
    const forgotten = await tell(sarah, "My name is Sarah.", "Order 12345");
    await tell(sarah, "This is about order 67890.");
    expect(await forgetConversation(sarah, forgotten)).toBe(2);
    expect(await valuesOf(sarah)).toEqual(["order 67890"]);
    const { rows } = await listOwnConversations(sarah);
    expect(rows.find(({ id }) => id === forgotten)?.title).toBeNull();
  });

  test("everything goes at once, and doing it twice does no more", async () => {
    const sarah = await newCaller();
    await tell(sarah, "My name is Sarah.");
    await tell(sarah, "Order 12345", "Order 67890");
    expect(await forgetEverything(sarah)).toBe(3);
    expect(await memoryOf(sarah)).toEqual([]);
    expect(await forgetEverything(sarah)).toBe(0);
  });
});
