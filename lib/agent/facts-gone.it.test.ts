import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { setMemoryOn } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { keyOf } from "@/lib/privacy";
import { factsOf, promptFor, talk } from "./facts-for-tests";
import {
  correctFact,
  forgetConversation,
  forgetEverything,
  forgetValue,
  listOwnFacts,
} from "./index";
import { isWaitedFor, listKeys, lockFacts } from "./store-for-tests";
import { newCaller, say } from "./testing";

// Each test is several conversations.
vi.setConfig({ testTimeout: 60_000 });

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

describe("with memory switched off", () => {
  test("a turn goes on with the facts' tables locked away: nothing of them is read or written", async () => {
    const caller = await newCaller();
    await talk(caller, "I prefer quokkawool.");
    await setMemoryOn(caller.id, false);
    const conversationId = newId();
    const free = await lockFacts();
    try {
      const { result, answer } = await say(
        caller,
        conversationId,
        "I prefer linen. What do I prefer?",
      );
      expect(result.outcome).toBe("done");
      expect(answer).not.toContain("quokkawool");
    } finally {
      await free();
    }
    await jobHandlers.facts({ conversationId });
    await jobHandlers.fold({ conversationId });
    expect(await factsOf(caller)).toEqual(["prefers quokkawool"]);
    expect(await listKeys(conversationId)).not.toContain("memory");
    expect(await listKeys(conversationId)).not.toContain("tail");
  });

  test("with memory on, the same lock keeps a turn waiting: the test above can fail", async () => {
    const caller = await newCaller();
    const free = await lockFacts();
    const waiting = say(caller, newId(), "Hello!");
    await expect.poll(isWaitedFor, { timeout: 15_000 }).toBe(true);
    await free();
    expect((await waiting).result.outcome).toBe("done");
  });

  test("switched on again, what was known before is known, and what was said meanwhile is not", async () => {
    const caller = await newCaller();
    await talk(caller, "I prefer quokkawool.");
    await setMemoryOn(caller.id, false);
    const { conversationId } = await talk(caller, "I live in Oslo.");
    await setMemoryOn(caller.id, true);
    await jobHandlers.facts({ conversationId });
    expect(await factsOf(caller)).toEqual(["prefers quokkawool"]);
    expect(await promptFor(server, caller, "What do you know about me?")).toContain("quokkawool");
  });
});

describe("with what it came from, a fact goes", () => {
  const known = async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "I prefer quokkawool. Order 4711000 was nice.");
    await talk(caller, "I live in Oslo.");
    return { caller, conversationId };
  };

  test("when its conversation is forgotten, and the other stays", async () => {
    const { caller, conversationId } = await known();
    await forgetConversation(caller, conversationId);
    expect(await factsOf(caller)).toEqual(["lives in Oslo"]);
  });

  test("when a value of its message is forgotten", async () => {
    const { caller, conversationId } = await known();
    await forgetValue(caller, { conversationId, kind: "order", stored: "4711000" });
    expect(await factsOf(caller)).toEqual(["lives in Oslo"]);
  });

  test("when everything is forgotten, corrected ones, too", async () => {
    const { caller } = await known();
    const [fact] = await listOwnFacts(caller);
    await correctFact(caller, { factId: fact?.id ?? "", text: "Bergen" });
    expect(await factsOf(caller)).toContain("lives in Bergen");
    await forgetEverything(caller);
    expect(await factsOf(caller)).toEqual([]);
  });
});

describe("in the data map", () => {
  const entry = (name: string) => dataMap.find((each) => each.name === name);

  test("facts are exported in the customer's own words, with source and times", async () => {
    const caller = await newCaller();
    await talk(caller, "My name is Sarah Connor.");
    const rows: unknown[] = [];
    for await (const row of entry("Fact")?.collect?.(caller.id, await keyOf(caller)) ?? []) {
      rows.push(row);
    }
    expect(rows).toMatchObject([
      {
        body: { kind: "profile", predicate: "is named", object: "Sarah Connor" },
        messageId: expect.any(String),
        validFrom: expect.any(Date),
        validUntil: null,
      },
    ]);
  });

  test("facts and how far was read are erased with their customer, and nobody else's", async () => {
    const [caller, other] = [await newCaller(), await newCaller()];
    await talk(caller, "I prefer tea.");
    await talk(other, "I prefer tea.");
    for (const name of ["Fact", "FactReading"]) {
      expect(await entry(name)?.count(caller.id)).toBe(1);
      expect(await entry(name)?.erase(caller.id)).toBe(1);
      expect(await entry(name)?.count(caller.id)).toBe(0);
      expect(await entry(name)?.count(other.id)).toBe(1);
    }
  });
});
