import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { takeOverLegacyHistory } from "@/lib/memory";
import { send } from "./for-tests";
import { since } from "./index";
import { closeAll, keepLegacy, newCustomer } from "./store-for-tests";

afterAll(closeAll);

test("a conversation that only an older installation knew goes on in our record, redacted, and leaves Redis", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  await keepLegacy(conversation, [
    ["human", "I am ada@example.org, where is order 12345?"],
    ["ai", "It is on its way."],
  ]);
  await send(ada, conversation, "And today?");
  const record = await since(conversation, ada, 0);
  expect(record.map(({ seq, role, text }) => [seq, role, text])).toEqual([
    [1, "customer", "I am [EMAIL_1], where is order 12345?"],
    [2, "assistant", "It is on its way."],
    [3, "customer", "And today?"],
  ]);
  expect(await takeOverLegacyHistory(conversation)).toEqual([]);
});

test("a long history does not use up the customer's rate, and a second message takes nothing over", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const lines = Array.from({ length: 40 }, (_, n): [string, string] => ["human", `line ${n}`]);
  await keepLegacy(conversation, lines);
  await send(ada, conversation, "one more");
  await keepLegacy(conversation, [["human", "planted later"]]);
  await send(ada, conversation, "and another");
  const record = await since(conversation, ada, 0);
  expect(record).toHaveLength(42);
  expect(record.map(({ text }) => text)).not.toContain("planted later");
});
