import { beforeAll, expect, test } from "vitest";
import type { CustomerCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { foldMemory } from "@/lib/memory";
import { asRedacted, keyOf, restore } from "@/lib/privacy";
import { importOrder } from "@/lib/shop";
import { demoOrders } from "@/scripts/seed/orders";
import { clothingProducts } from "@/scripts/seed/products-clothing";
import { gearProducts } from "@/scripts/seed/products-gear";
import { seedArticles, seedProducts } from "@/scripts/seed/shop";
import { readRecord } from "./read-record";
import { summarizer } from "./summarizer";
import { newCaller, say } from "./testing";

const now = new Date();
const products = [...clothingProducts, ...gearProducts];

beforeAll(async () => {
  await seedProducts();
  await seedArticles();
});

/** A customer who owns the demo customer's orders, under numbers of this test. */
async function shopper(): Promise<{ caller: CustomerCaller; delayed: string; due: string }> {
  const caller = await newCaller();
  const { maya } = demoOrders(products, now);
  const digits = () => String(Math.floor(Math.random() * 9e9) + 1e9);
  const [delayed, due] = [digits(), `ORD-${digits()}`];
  for (const draft of maya) {
    const number = draft.number === "12345" ? delayed : draft.number === "ORD-789456" ? due : null;
    if (number) {
      await importOrder(caller, { ...draft, number });
    }
  }
  return { caller, delayed, due };
}

/** Says one thing after the other and returns the answers, as they are stored and as the customer reads them. */
async function talk(caller: CustomerCaller, lines: string[], conversationId = newId()) {
  const answers: string[] = [];
  const read: string[] = [];
  const key = await keyOf(caller);
  for (const line of lines) {
    const { answer } = await say(caller, conversationId, line);
    answers.push(answer);
    read.push(await restore(key, asRedacted(answer)));
  }
  return { answers, read, conversationId };
}

test("a customer asks for a delayed order and hears that it is delayed, and until when", async () => {
  const { caller, delayed } = await shopper();
  const { answers } = await talk(caller, [
    `Where is my order ${delayed}?`,
    "Why so late? When will it arrive?",
  ]);
  expect(answers[0]).toContain(`Order ${delayed}`);
  expect(answers[0]).toContain("is delayed");
  expect(answers[0]).toContain("customs");
  expect(answers[1]).toContain(delayed);
});

test("a customer says the order number once, and the shipping status is known three messages later", async () => {
  const { caller, due } = await shopper();
  const { answers } = await talk(caller, [
    "Hi, I need some help",
    `It is about #${due}`,
    "It was due yesterday!",
    "Can you check the shipping status?",
  ]);
  expect(answers[1]).toContain("overdue");
  for (const answer of answers.slice(1)) {
    expect(answer).toContain(due);
    expect(answer).toContain("Alpen Parcel");
  }
});

test("an order of somebody else reads exactly like one that does not exist", async () => {
  const { due } = await shopper();
  const stranger = await newCaller();
  const { answers } = await talk(stranger, [
    `Where is order ${due}?`,
    "Where is order ORD-000000001?",
  ]);
  expect(answers[0]?.replace(due, "X")).toBe(answers[1]?.replace("ORD-000000001", "X"));
});

test("a laptop for data science: the shop says honestly that it has none, and remembers all that was asked for", async () => {
  const caller = await newCaller();
  const { answers } = await talk(caller, [
    "I am looking for a laptop for data science.",
    "My budget is 2,000 and it needs 32 GB of memory.",
    "Battery life is important too.",
    "What did I say I need?",
  ]);
  expect(answers[0]).toContain("did not find");
  for (const word of ["laptop", "data science", "2,000", "32 GB", "Battery"]) {
    expect(answers[3]).toContain(word);
  }
});

test("ten days in Japan in April are remembered", async () => {
  const caller = await newCaller();
  const { answers } = await talk(caller, [
    "I am planning a trip of ten days to Japan in April.",
    "Do you have a light sleeping bag?",
    "Where am I going?",
  ]);
  expect(answers[2]).toContain("ten days to Japan in April");
});

test("a name is remembered twenty turns and a fold later", async () => {
  const caller = await newCaller();
  const { conversationId } = await talk(caller, [
    "My name is Sarah, I am an engineer at TechCorp in the mobile team.",
    "My manager is John Davis.",
  ]);
  const fillers = [
    "How long does delivery to Norway take?",
    "How do I wash a down jacket?",
    "What does a new zip cost?",
    "Can I collect in the shop?",
  ];
  for (let turn = 0; turn < 16; turn += 1) {
    await say(caller, conversationId, `${fillers[turn % fillers.length]} (${turn})`);
    if (turn % 5 === 4) {
      await foldMemory(conversationId, { summarize: summarizer([]), since: readRecord });
    }
  }
  const { answers, read } = await talk(
    caller,
    ["What is my name?", "Who is my manager?"],
    conversationId,
  );
  expect(read[0]).toContain("Sarah");
  expect(read[1]).toContain("John Davis");
  expect(answers.join()).not.toMatch(/Sarah|John|Davis/);
});

test("an e-mail and a telephone number are placeholders in the record", async () => {
  const caller = await newCaller();
  const { answers, conversationId } = await talk(caller, [
    "My e-mail is sarah@techcorp.example and my phone is 555-123-4567.",
    "What is my e-mail?",
  ]);
  expect(answers[1]).toContain("[EMAIL_1]");
  const record = await readRecord(conversationId, caller, 0);
  expect(JSON.stringify(record)).not.toMatch(/techcorp|555-123/);
});

test("a question about returns is answered from a help page that can be opened", async () => {
  const caller = await newCaller();
  const { answers } = await talk(caller, ["How do I return a jacket that does not fit?"]);
  expect(answers[0]).toMatch(/60 days|return/);
  expect(answers[0]).toContain("[1]");
});

test("two problems in one message get two answers with two sources", async () => {
  const caller = await newCaller();
  const { answers } = await talk(caller, [
    "I was charged twice for my order. And the zip of my jacket is broken.",
  ]);
  expect(answers[0]).toContain("[1]");
  expect(answers[0]).toContain("[2]");
});

test("fifty customers at once each hear their own name", async () => {
  const names = Array.from(
    { length: 50 },
    (_, at) => `Kim${String.fromCodePoint(97 + (at % 26))}${at >= 26 ? "x" : ""}`,
  );
  const heard = await Promise.all(
    names.map(async (name) => {
      const caller = await newCaller();
      const { read } = await talk(caller, [`My name is ${name}`, "What is my name?"]);
      return read[1] ?? "";
    }),
  );
  expect(heard.map((answer, at) => answer.includes(`${names[at]}:`))).toEqual(
    names.map(() => true),
  );
}, 60_000);
