import { expect, test } from "vitest";
import { detectLanguage } from "./offline-language";
import { nameIn } from "./offline-recall";
import { type Intent, orderNumbersIn, understand } from "./offline-understand";

test.each<[string, Intent]>([
  ["where is my order?", "order_status"],
  ["My package hasn't arrived yet", "order_status"],
  ["can you track my shipment", "order_status"],
  ["the jacket was supposed to arrive yesterday", "order_status"],
  ["what did I order last month?", "order_list"],
  ["I want to return these boots", "help_article"],
  ["When do I get my money back?", "help_article"],
  ["the zip is broken", "help_article"],
  ["do the boots run small? which size?", "help_article"],
  ["I'm looking for a tent for two", "product"],
  ["how much is the Rainfell jacket?", "product"],
  ["please cancel my order", "cancel_order"],
  ["Cancel order ORD-455102, I ordered it by mistake", "cancel_order"],
  ["cancel 12345", "cancel_order"],
  ["I don't want my order any more", "cancel_order"],
  ["Can you cancel my order?", "cancel_order"],
  ["How do I cancel an order?", "help_article"],
  ["change the size of my order", "change_order"],
  ["I made a typo in my address", "change_order"],
  ["this is unacceptable", "complaint"],
  ["you will hear from my lawyer", "danger"],
  ["I will do a chargeback", "danger"],
  ["let me talk to a human", "person"],
  ["agent", "person"],
  ["what is my name?", "recall"],
  ["do you remember what I told you?", "recall"],
  ["who are you?", "identity"],
  ["are you a bot?", "identity"],
  ["delete all my data", "privacy"],
  ["hello there", "greeting"],
  ["thanks a lot", "thanks"],
  ["My name is Sarah and I work at TechCorp", "tell"],
])("%j is understood as %s", (text, intent) => {
  expect(understand(text).intents).toContain(intent);
});

test.each([
  ["order 12345", ["12345"]],
  ["#ORD-789456", ["ORD-789456"]],
  ["it is ord 789456, not #12345", ["ORD-789456", "12345"]],
  ["12345", ["12345"]],
  ["cancel 12345", ["12345"]],
  ["my budget is 2000 and I need 32 GB", []],
  ["call me at 5551234567", []],
])("the order numbers in %j are %j", (text, numbers) => {
  expect(orderNumbersIn(text)).toEqual(numbers);
});

test.each([
  ["My name is Sarah.", "Sarah"],
  ["I'm Maya", "Maya"],
  ["Hello, this is John Davis", "John Davis"],
  ["I'm looking for a tent", null],
  ["This is ridiculous", null],
])("the name in %j is %j", (text, name) => {
  expect(nameIn(text)).toBe(name);
});

test.each([
  ["Where is my order?", "en"],
  ["Ich habe eine Frage und die Lieferung ist nicht da", "de"],
  ["荷物はどこですか", "ja"],
  ["Де моє замовлення?", "uk"],
  ["OK", "en"],
])("%j is written in %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});
