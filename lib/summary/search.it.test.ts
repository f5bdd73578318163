import { describe, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { listSummaries, summarizeConversation } from "@/lib/summary";
import type { SummaryRow } from "./schema";
import { newStaff, quoting, TestCase } from "./store-for-tests";

const lead = newStaff();

async function said(question: string, like?: TestCase): Promise<TestCase> {
  const one = await TestCase.make(like);
  await one.say("customer", question);
  await one.say("assistant", "Let me look.");
  await summarizeConversation(one.conversationId, { model: quoting, since: one.since });
  return one;
}

const ids = (rows: readonly SummaryRow[]) => rows.map(({ conversationId }) => conversationId);

describe("the summaries page", () => {
  test("lists the newest version of each conversation, newest first, in pages without a gap", async () => {
    const first = await said("one");
    const all = [first];
    for (const question of ["two", "three", "four", "five"]) {
      all.push(await said(question, first));
    }
    await first.say("customer", "one again");
    const { conversationId, since, customerId } = first;
    await summarizeConversation(conversationId, { model: quoting, since });
    const found: SummaryRow[] = [];
    let cursor: string | null = null;
    do {
      const page = await listSummaries(lead, { customerId, limit: 2, cursor });
      found.push(...page.rows);
      cursor = page.next;
    } while (cursor);
    const expected = [first, ...all.slice(1).reverse()].map((one) => one.conversationId);
    expect(ids(found)).toEqual(expected);
    expect(found[0]).toMatchObject({ version: 2, summary: "Asks: one", relevance: null });
  });

  test("finds by words, in whatever form, the best first, and says how relevant each is", async () => {
    const tent = await said("The waterproof tent leaks at the seams");
    const stove = await said("The stove leaks gas", tent);
    const shoes = await said("Shoes are too small", tent);
    const { customerId } = tent;
    const { rows } = await listSummaries(lead, { query: "leaking tents", customerId });
    expect(ids(rows)).toEqual([tent.conversationId, stove.conversationId]);
    expect(ids(rows)).not.toContain(shoes.conversationId);
    expect(rows[0]?.relevance).toBeGreaterThan(rows[1]?.relevance ?? 1);
    expect(rows[0]).toMatchObject({ topic: "Delivery", reviewed: false });
  });

  test("finds a conversation by its messages that has no summary yet", async () => {
    const one = await TestCase.make();
    await one.say("customer", "My kayak paddle broke");
    const { rows } = await listSummaries(lead, { query: "kayak", customerId: one.customerId });
    expect(rows).toMatchObject([
      { conversationId: one.conversationId, summary: null, version: null },
    ]);
    const unreviewed = { query: "kayak", customerId: one.customerId, reviewed: false };
    expect((await listSummaries(lead, unreviewed)).rows).toEqual([]);
  });

  test("with many hits shows those that hold every word; pages follow the rank without a gap", async () => {
    const first = await said("blue rucksack zip number 0");
    for (let n = 1; n < 25; n += 1) {
      await said(`blue rucksack zip number ${n}`, first);
    }
    await said("blue jacket", first);
    const found: SummaryRow[] = [];
    let cursor: string | null = null;
    do {
      const asked = { query: "blue rucksack", customerId: first.customerId, cursor };
      const page = await listSummaries(lead, asked);
      expect(page.rows.length).toBeLessThanOrEqual(10);
      found.push(...page.rows);
      cursor = page.next;
    } while (cursor);
    expect(found).toHaveLength(25);
    expect(new Set(ids(found)).size).toBe(25);
  });

  test("filters reviewed and unreviewed, and one customer from another", async () => {
    const [one, other] = [await said("ski wax"), await said("ski wax")];
    const { customerId } = one;
    expect(ids((await listSummaries(lead, { query: "ski wax", customerId })).rows)).toEqual([
      one.conversationId,
    ]);
    expect(ids((await listSummaries(lead, { customerId, reviewed: false })).rows)).toHaveLength(1);
    expect(ids((await listSummaries(lead, { customerId, reviewed: true })).rows)).toEqual([]);
    expect(other.customerId).not.toBe(customerId);
  });

  test("shows nothing of somebody who is being erased", async () => {
    const one = await said("mountain bike");
    await one.setState("erasing");
    const { customerId } = one;
    expect((await listSummaries(lead, { query: "bike", customerId })).rows).toEqual([]);
    expect((await listSummaries(lead, { customerId })).rows).toEqual([]);
  });

  test("words that say nothing, quotes and operators find nothing and break nothing", async () => {
    const customerId = newId();
    for (const query of ["the", "' | ! & : *", "a:* <-> b", "   ", "💥"]) {
      expect((await listSummaries(lead, { query, customerId })).rows).toEqual([]);
    }
    await expect(listSummaries(lead, { cursor: "made up" })).rejects.toMatchObject({
      code: "input_invalid",
    });
  });
});
