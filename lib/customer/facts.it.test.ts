import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { factsForTurn, giveConsent, setMemoryOn } from "./index";
import type { FactFinder } from "./schema";
import { closePostgres, inTx, readRawFacts } from "./store-for-tests";
import { findByPattern, findOnly, Talk, testLimits } from "./talk-for-tests";

afterAll(closePostgres);

let talk: Talk;

beforeEach(async () => {
  talk = await Talk.begin();
});

describe("learning", () => {
  test("a fact has its message, its confidence, its time, and lies sealed", async () => {
    const line = talk.say("Hello! I prefer quokkawool.");
    talk.say("Noted: you prefer nylon.", "assistant");
    expect(await talk.learn()).toEqual({ read: 1, learned: 1, refused: {}, ended: null });
    expect(await talk.facts()).toEqual([
      expect.objectContaining({
        ...{ kind: "preference", predicate: "prefers", object: "quokkawool", confidence: 0.9 },
        ...{ conversationId: talk.conversationId, messageId: line.id },
        ...{ since: line.createdAt, until: null },
      }),
    ]);
    expect(await readRawFacts(talk.customer.id)).not.toContain("quokkawool");
  });

  test("no line is read twice, and what is known is not stored again", async () => {
    talk.say("I prefer wool.");
    await talk.learn();
    expect(await talk.learn()).toMatchObject({ read: 0 });
    talk.say("As I said, I prefer wool.");
    expect(await talk.learn()).toMatchObject({ read: 1, learned: 0 });
    expect(await talk.told()).toEqual(["prefers wool"]);
  });

  test("a new preference ends the old one, also from another conversation, and both stay in the history", async () => {
    talk.say("I prefer tea.");
    await talk.learn();
    await talk.next();
    talk.say("I prefer coffee.");
    await talk.learn();
    const [coffee, tea] = await talk.facts();
    expect(tea).toMatchObject({ object: "tea", until: coffee?.since, supersededById: coffee?.id });
    expect((await factsForTurn(talk.turn())).map(({ object }) => object)).toEqual(["coffee"]);
  });

  test("what is refused, or not sure enough, is counted and not stored", async () => {
    talk.say("I prefer perhaps perhaps tea.");
    talk.say("perhaps milk");
    const result = await talk.learn();
    expect(result).toMatchObject({ refused: { not_sure: 2 } });
    expect(await talk.told()).toEqual(["prefers perhaps"]);
  });

  test("what a finder makes up, takes from another line or from no line is not stored", async () => {
    talk.say("I live in Oslo.");
    const inventing: FactFinder = async (_before, [line]) => [
      {
        source: line?.id ?? "",
        kind: "preference",
        predicate: "prefers",
        object: "tea",
        confidence: 1,
      },
      { source: newId(), kind: "statement", predicate: "lives in", object: "Oslo", confidence: 1 },
    ];
    expect(await talk.learn({ find: inventing })).toMatchObject({
      learned: 0,
      refused: { not_said: 2 },
    });
  });

  test("of two who read the same lines at once, one loses, and nothing is stored twice", async () => {
    for (let at = 0; at < 12; at += 1) {
      talk.say(`I live in Town${at}.`);
    }
    await Promise.all([talk.learn(), talk.learn(), talk.learn()]);
    await talk.learn();
    expect(await talk.told()).toHaveLength(12);
  });

  test("only so many are kept, those that hold before those that ended", async () => {
    for (const drink of ["tea", "milk", "rum", "cocoa"]) {
      talk.say(`I prefer ${drink}.`);
    }
    talk.say("I live in Oslo.");
    await talk.learn({ limits: { ...testLimits, factsMax: 3 } });
    expect(await talk.told()).toEqual(["lives in Oslo", "prefers cocoa", "prefers rum"]);
  });

  test("an open matter is closed by itself after so many days", async () => {
    const matter = findOnly({
      kind: "matter",
      predicate: "open matter",
      object: "tent is broken",
    });
    talk.say("My tent is broken.");
    await talk.learn({ find: matter });
    const [fact] = await talk.facts();
    expect(Date.parse(fact?.until ?? "") - Date.parse(fact?.since ?? "")).toBe(
      30 * 24 * 3600 * 1000,
    );
    // Said in March, it is closed by now.
    expect(await factsForTurn(talk.turn())).toEqual([]);
  });
});

describe("memory switched off", () => {
  test("nothing is learned, and what was said meanwhile is not learned later either", async () => {
    talk.say("I prefer tea.");
    await talk.learn();
    await setMemoryOn(talk.customer.id, false);
    talk.say("I live in Oslo.");
    expect(await talk.learn()).toMatchObject({ ended: "inactive", read: 0 });
    await inTx((tx) => tx.setLastSeq(talk.conversationId, 2));
    await setMemoryOn(talk.customer.id, true);
    talk.say("I prefer coffee.");
    await talk.learn();
    expect(await talk.told()).toEqual(["prefers coffee", "prefers tea"]);
  });

  test("switched on by consent, too, what was said before it is left alone", async () => {
    await giveConsent(talk.customer.id, { memory: false });
    talk.say("I live in Oslo.");
    await inTx((tx) => tx.setLastSeq(talk.conversationId, 1));
    await giveConsent(talk.customer.id, { memory: true });
    expect(await talk.learn()).toMatchObject({ read: 0 });
  });

  test("switched off while a reading is under way, nothing of it is stored", async () => {
    talk.say("I prefer tea.");
    const slow: FactFinder = async (before, lines) => {
      await setMemoryOn(talk.customer.id, false);
      return await findByPattern(before, lines);
    };
    expect(await talk.learn({ find: slow })).toMatchObject({ ended: "inactive", learned: 0 });
    expect(await talk.told()).toEqual([]);
  });

  test("no turn is told anything", async () => {
    talk.say("I prefer tea.");
    await talk.learn();
    await setMemoryOn(talk.customer.id, false);
    expect(await factsForTurn(talk.turn())).toEqual([]);
  });
});
