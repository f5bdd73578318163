import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { said } from "./for-tests";
import { RecallIndex } from "./recall-index";
import type { RecordedMessage, RecordedRole } from "./schema";

function indexOf(messages: readonly RecordedMessage[], assistantWeight = 1): RecallIndex {
  const index = new RecallIndex({ assistantWeight });
  index.add(messages);
  return index;
}

/** What was said in turn by customer and assistant, each an evening of its own. */
function evenings(...texts: string[]): RecordedMessage[] {
  return texts.map((text, at) => ({
    ...said(at + 1, at % 2 === 0 ? "customer" : "assistant", text),
    createdAt: new Date(Date.UTC(2026, 2, 1 + at, 20)).toISOString(),
  }));
}

const firstOf = (messages: readonly RecordedMessage[], question: string) =>
  indexOf(messages).search(question)[0]?.seq;

describe("a question brings back what was said", () => {
  test("in other forms of its words", () => {
    const messages = evenings(
      "I work as an engineer on the mobile team.",
      "The parcels were delivered to a neighbour.",
      "We hiked for three days around the lake.",
    );
    expect(firstOf(messages, "Who took the delivery of my parcel?")).toBe(2);
    expect(firstOf(messages, "Did I tell you about hiking?")).toBe(3);
  });

  test("in German and French, by the stemmer of that language", () => {
    const messages = evenings(
      "Ich habe die Rechnungen für das Zelt noch nicht bezahlt.",
      "Das ist kein Problem, wir warten auf den Eingang.",
      "Je cherche des chaussures imperméables pour la montagne.",
      "Nous avons des modèles qui sont très légers.",
    );
    expect(firstOf(messages, "Was ist mit der Rechnung?")).toBe(1);
    expect(firstOf(messages, "Avez-vous une chaussure pour moi ?")).toBe(3);
  });

  test.each([
    ["Chinese", ["我想买一个防水帐篷", "我的狗叫小白", "明天会下雨吗"], "帐篷是什么样的？", 1],
    [
      "Japanese",
      ["私の犬の名前はポチです", "登山靴を探しています", "明日は晴れますか"],
      "どんな登山靴でしたか？",
      2,
    ],
    ["Thai", ["ฉันกำลังมองหาเต็นท์กันน้ำ", "สุนัขของฉันชื่อมะลิ", "พรุ่งนี้ฝนจะตกไหม"], "สุนัขชื่ออะไร", 2],
  ])("in %s, which is written without spaces", (_language, texts, question, seq) => {
    expect(firstOf(evenings(...texts), question)).toBe(seq);
  });

  test("by a placeholder or an order number, letter by letter", () => {
    const messages = evenings(
      "Please write to [EMAIL_1].",
      "Please write to [EMAIL_2].",
      "It is about #ORD-789456.",
    );
    expect(firstOf(messages, "What is [EMAIL_2] for?")).toBe(2);
    expect(firstOf(messages, "And ORD-789456?")).toBe(3);
  });

  test("by the day it was said on", () => {
    const messages = evenings("It arrived.", "It was green.", "It was sent back.");
    expect(firstOf(messages, "What happened on the 3rd of March?")).toBe(3);
  });

  test("with what stands beside it, because an answer rarely repeats its question", () => {
    const messages = [
      said(1, "customer", "Good evening."),
      said(2, "assistant", "Which size of boots do you wear?"),
      said(3, "customer", "44, mostly."),
      ...evenings("a", "b", "c").map((message) => ({ ...message, seq: message.seq + 3 })),
    ];
    expect(
      indexOf(messages)
        .search("the size of my boots")
        .map(({ seq }) => seq),
    ).toEqual(expect.arrayContaining([2, 3]));
  });

  test("first of the speaker whom it names", () => {
    const promised = "A new zip for the tent.";
    const messages = evenings(promised, promised, promised).map((message, at) =>
      at === 0 ? { ...message, role: "staff" as const, speaker: "Dana" } : message,
    );
    expect(firstOf(messages, "Which zip did Dana mean?")).toBe(1);
    expect(firstOf(messages, "Which zip?")).not.toBe(1);
  });
});

test("what the assistant said counts as much as its weight says", () => {
  const messages = evenings("The tent is red.", "The tent is red.");
  const question = "the tent";
  expect(indexOf(messages, 0.5).search(question)[0]?.seq).toBe(1);
  expect(indexOf(messages, 2).search(question)[0]?.seq).toBe(2);
  expect(
    indexOf(messages, 0)
      .search(question)
      .map(({ seq }) => seq),
  ).toEqual([1]);
});

test("a question that shares no word with it, or holds small words only, brings back nothing", () => {
  const index = indexOf(evenings("We spoke about the tent that I have at home."));
  expect(index.search("xylophone")).toEqual([]);
  expect(index.search("what is the")).toEqual([]);
  expect(index.search("")).toEqual([]);
});

test("what a tool said, and what happened, is not brought back", () => {
  const roles: RecordedRole[] = ["tool", "boundary", "event"];
  const index = indexOf(roles.map((role, at) => said(at + 1, role, "a green tent")));
  expect(index.search("green tent")).toEqual([]);
});

test("only what was added is found, each message once, and adding in parts is adding at once", () => {
  const Text = fc.oneof(
    fc.constantFrom("the green tent", "boots and socks", "テント", "der Rucksack ist zu klein"),
    fc.string({ unit: "grapheme", maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(Text, { maxLength: 20 }), Text, fc.nat(20), (texts, question, cut) => {
      const messages = evenings(...texts);
      const found = indexOf(messages).search(question);
      expect(messages).toEqual(expect.arrayContaining(found));
      expect(new Set(found).size).toBe(found.length);
      const inParts = indexOf(messages.slice(0, cut));
      inParts.add(messages.slice(cut));
      expect(inParts.search(question)).toEqual(found);
    }),
  );
});
