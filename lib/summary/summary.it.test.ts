import { describe, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { asRedacted, redact } from "@/lib/privacy";
import {
  approveSummary,
  editSummary,
  findSummary,
  forgetSummaries,
  SummaryFailed,
  summarizeConversation,
} from "@/lib/summary";
import type { CaseSummaryModel } from "./schema";
import { newStaff, quoting, TestCase } from "./store-for-tests";

const lead = newStaff();
const write = (of: TestCase, model: CaseSummaryModel = quoting) =>
  summarizeConversation(of.conversationId, { model, since: of.since });
const read = (of: TestCase) => findSummary(lead, of.conversationId);

async function delayed(): Promise<TestCase> {
  const one = await TestCase.make();
  await one.say("customer", "Where is order 12345?");
  await one.say("assistant", "It is delayed until Friday.");
  return one;
}

describe("a case summary", () => {
  test("is written with every sentence tied to its messages, sealed, and waits for review", async () => {
    const one = await delayed();
    expect(await write(one)).toBe("ready");
    const [first, second] = one.messages;
    expect(await read(one)).toMatchObject({
      state: "ready",
      version: 1,
      line: "Asks: Where is order 12345?",
      topic: "Delivery",
      sentences: [
        { text: "Where is order 12345?", sources: [first?.id] },
        { text: "It is delayed until Friday.", sources: [second?.id] },
      ],
      reviewed: false,
      author: null,
    });
    const [row] = await one.versions();
    expect(Buffer.from(row?.bodySealed ?? []).toString("latin1")).not.toMatch(/order|delayed/);
    expect(await one.isReviewed()).toBe(false);
    expect(await one.searchRows("summary")).toBe(1);
  });

  test("shows no sentence that names no message of the conversation", async () => {
    const one = await delayed();
    const [id = ""] = one.messages.map((message) => message.id);
    await write(one, async () => ({
      line: asRedacted("Order 12345"),
      topic: "Delivery",
      sentences: [
        { text: asRedacted("Order 12345 is delayed."), sources: [id, newId(), id] },
        { text: asRedacted("A refund was promised."), sources: [newId()] },
        { text: asRedacted("The customer is angry."), sources: [] },
      ],
    }));
    expect(await read(one)).toMatchObject({
      sentences: [{ text: "Order 12345 is delayed.", sources: [id] }],
    });
  });

  test("is not written again while nothing new was said, and is when something was", async () => {
    const one = await delayed();
    await write(one);
    expect(await write(one)).toBe("current");
    await one.say("customer", "And now?");
    expect(await write(one)).toBe("ready");
    expect(await read(one)).toMatchObject({ version: 2 });
    expect(await one.searchRows("summary")).toBe(1);
  });

  test("of a conversation in which nobody answered is not available, and says why", async () => {
    const one = await TestCase.make();
    await one.say("customer", "Hello?");
    expect(await write(one)).toBe("too_short");
    expect(await read(one)).toEqual({ state: "none", why: "too_short" });
    await one.say("assistant", "Hello!");
    expect(await read(one)).toEqual({ state: "none", why: "being_written" });
  });

  test.each<[string, CaseSummaryModel]>([
    ["fails", () => Promise.reject(new Error("down"))],
    ["supports nothing", async () => ({ line: asRedacted("x"), topic: "", sentences: [] })],
  ])("of a model that %s leaves what is there, and the next try writes it", async (_, model) => {
    const one = await delayed();
    await expect(write(one, model)).rejects.toThrow(SummaryFailed);
    await expect(write(one, model)).rejects.toThrow(SummaryFailed);
    expect(await read(one)).toEqual({ state: "none", why: "failed" });
    expect(await write(one)).toBe("ready");
    await one.say("customer", "And now?");
    await expect(write(one, model)).rejects.toThrow(SummaryFailed);
    expect(await read(one)).toMatchObject({ state: "ready", version: 1 });
    expect((await one.versions()).map(({ state }) => state)).toEqual(["ready", "failed"]);
  });

  test("is written once when two jobs start at the same time", async () => {
    const one = await delayed();
    const results = await Promise.all([write(one), write(one), write(one)]);
    expect(results.filter((result) => result === "ready")).toHaveLength(1);
    expect(await one.versions()).toHaveLength(1);
  });

  test("that a dead process was writing is taken over, one that is alive is not", async () => {
    const [alive, dead] = [await delayed(), await delayed()];
    await alive.abandonWriting(10);
    await dead.abandonWriting(600);
    expect(await write(alive)).toBe("busy");
    expect(await read(alive)).toEqual({ state: "none", why: "being_written" });
    expect(await write(dead)).toBe("ready");
  });

  test("is not made of somebody who is being erased or restricted, even when that begins meanwhile", async () => {
    const one = await delayed();
    await one.setState("restricted");
    expect(await write(one)).toBe("inactive");
    await one.setState("active");
    const slow: CaseSummaryModel = async (lines) => {
      await one.setState("erasing");
      return await quoting(lines);
    };
    expect(await write(one, slow)).toBe("dropped");
    expect((await one.versions()).every(({ bodySealed }) => bodySealed === null)).toBe(true);
    expect(await read(one)).toMatchObject({ state: "none" });
  });

  test("reads how a very long conversation began and how it went on last", async () => {
    const one = await delayed();
    const more = Array.from({ length: 900 }, (_, at) => ({
      id: newId(),
      seq: at + 3,
      role: at % 2 === 0 ? "customer" : "assistant",
      speaker: "x",
      text: asRedacted(`line ${at}`),
      tokens: 50,
    }));
    one.messages.push(...more);
    let given: readonly string[] = [];
    await write(one, (lines) => {
      given = lines.map(({ text }) => text);
      return quoting(lines);
    });
    expect(given.slice(0, 2)).toEqual(["Where is order 12345?", "It is delayed until Friday."]);
    expect(given.at(-1)).toBe("line 899");
    expect(given.length).toBeLessThan(200);
  });
});

describe("reviewing", () => {
  test("a lead approves the version they read, and it is written down", async () => {
    const one = await delayed();
    await write(one);
    await approveSummary(lead, one.conversationId, 1);
    expect(await read(one)).toMatchObject({ reviewed: true });
    expect(await one.isReviewed()).toBe(true);
    expect(await one.auditActions()).toMatchObject([
      { action: "summary_approved", actor: lead.id, metadata: { version: 1 } },
    ]);
  });

  test("a lead's edit is the next version: redacted, reviewed, under their name, found by its words", async () => {
    const one = await delayed();
    await write(one);
    const [first] = one.messages;
    const sources = [first?.id ?? "", newId()];
    await editSummary(lead, {
      conversationId: one.conversationId,
      version: 1,
      line: "Write to sarah@example.org",
      sentences: [{ text: "Delayed, see order 12345.", sources }],
    });
    expect(await read(one)).toMatchObject({
      version: 2,
      line: "Write to [EMAIL_1]",
      sentences: [{ text: "Delayed, see order 12345.", sources: [first?.id] }],
      reviewed: true,
      author: "Dana",
    });
    expect((await one.versions()).map(({ version }) => version)).toEqual([1, 2]);
    expect(await one.auditActions()).toMatchObject([{ action: "summary_edited" }]);
  });

  test("is refused when a newer version came meanwhile", async () => {
    const one = await delayed();
    await write(one);
    await one.say("customer", "And now?");
    await write(one);
    const { conversationId } = one;
    await expect(approveSummary(lead, conversationId, 1)).rejects.toMatchObject({
      code: "conversation_stale",
    });
    const edit = { conversationId, version: 1, line: "x", sentences: [] };
    await expect(editSummary(lead, edit)).rejects.toMatchObject({ code: "conversation_stale" });
  });

  test("of a conversation that is not there or is being erased is not found", async () => {
    const one = await delayed();
    await write(one);
    await one.setState("erasing");
    for (const id of [newId(), one.conversationId]) {
      await expect(approveSummary(lead, id, 1)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

test("the lead who owns a conversation sees the customer's values, another lead placeholders", async () => {
  const one = await TestCase.make();
  const text = await redact(one.key, "Write to sarah@example.org");
  await one.say("customer", text);
  await one.say("assistant", "I will.");
  await write(one);
  const owner = newStaff("Mara");
  await one.give(owner);
  expect(await findSummary(owner, one.conversationId)).toMatchObject({
    line: "Asks: Write to sarah@example.org",
  });
  expect(await read(one)).toMatchObject({ line: "Asks: Write to [EMAIL_1]" });
});

test("forgetting a message removes the summaries in all versions with their search words", async () => {
  const one = await delayed();
  await write(one);
  await one.say("customer", "And now?");
  await write(one);
  const forget = (customerId: string) =>
    one.inTransaction((tx) => forgetSummaries(one.conversationId, customerId, tx));
  await forget(newId());
  expect(await one.versions()).toHaveLength(2);
  await forget(one.customerId);
  expect(await one.versions()).toEqual([]);
  expect(await one.searchRows("summary")).toBe(0);
  expect(await write(one)).toBe("ready");
});
