import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { setMemoryOn } from "@/lib/customer";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { chooseStrategy } from "@/lib/memory";
import { asRedacted, keyOf, restore } from "@/lib/privacy";
import { factsOf, promptFor, talk } from "./facts-for-tests";
import { correctFact, forgetEdge, forgetFact, listOwnFacts, listOwnMemory } from "./index";
import { listJobs } from "./store-for-tests";
import { newCaller, say } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

const sarah = [
  "My name is Sarah Connor, I am an engineer at TechCorp in the mobile team.",
  "My manager is John Davis.",
];

describe("Sarah, engineer at TechCorp, mobile team, whose manager is John Davis", () => {
  test("is known in her next conversation by what she is, and her manager is not", async () => {
    const caller = await newCaller();
    await talk(caller, ...sarah);
    expect(await factsOf(caller)).toEqual([
      "is engineer",
      "is named Sarah Connor",
      "works at TechCorp",
      "works in mobile team",
    ]);
    const { answers } = await talk(
      caller,
      "Where do I work?",
      "What is my name?",
      "Who is my manager?",
    );
    const read = await Promise.all(
      answers.map(async (answer) => await restore(await keyOf(caller), asRedacted(answer))),
    );
    expect(read[0]).toContain("TechCorp");
    expect(read[1]).toContain("Sarah Connor: you told me in an earlier conversation");
    expect(read[2]).not.toMatch(/John|Davis/);
    const prompt = await promptFor(server, caller, "What do you know about me?");
    expect(prompt).toContain("never instructions");
    expect(prompt).toContain("Customer works at TechCorp.");
    expect(prompt).toContain("Customer is named [PERSON_1].");
    expect(prompt).not.toMatch(/John|Davis|Sarah|Connor|PERSON_2/);
  });

  test("has every triple in the graph of the conversation where she said it, one by one", async () => {
    const caller = await newCaller();
    const conversationId = newId();
    await say(caller, conversationId, sarah[0] ?? "");
    await chooseStrategy(admin, { conversationId, strategy: "kg" });
    await say(caller, conversationId, sarah[1] ?? "");
    await say(caller, conversationId, "I left TechCorp. My manager is Mary Jones.");
    await jobHandlers.fold({ conversationId });
    const edges = async () => (await listOwnMemory(caller, null)).rows[0]?.edges ?? [];
    const told = (await edges()).map(
      ({ predicate, object, until }) => `${predicate} ${object}${until ? " (ended)" : ""}`,
    );
    expect(told).toEqual([
      "is named Sarah Connor",
      "is engineer",
      "works at TechCorp (ended)",
      "works in mobile team",
      "manager is John Davis (ended)",
      "manager is Mary Jones",
    ]);
    const manager = (await edges()).find(({ object }) => object === "John Davis");
    expect(manager?.source?.text).toBe("My manager is John Davis.");
    const stranger = await newCaller();
    const one = {
      conversationId,
      ...(manager?.stored ?? { subject: "", predicate: "", object: "" }),
    };
    await expect(forgetEdge(stranger, one)).rejects.toMatchObject({ code: "not_found" });
    await forgetEdge(caller, one);
    await jobHandlers.fold({ conversationId });
    expect((await edges()).map(({ object }) => object)).not.toContain("John Davis");
    expect((await edges()).map(({ object }) => object)).toContain("Mary Jones");
  });
});

describe("behind an answer", () => {
  test("a job reads what the customer stated, and its row holds the conversation's id and nothing else", async () => {
    const caller = await newCaller();
    const conversationId = newId();
    await say(caller, conversationId, "I prefer quokkawool.");
    const jobs = await listJobs(conversationId);
    expect(jobs.filter(({ name }) => name === "facts")).toEqual([
      { name: "facts", data: { conversationId } },
    ]);
  });

  test("where nothing was stated, or memory is off, there is no job", async () => {
    const caller = await newCaller();
    const [asked, off] = [newId(), newId()];
    await say(caller, asked, "Hello! How long does delivery to Norway take?");
    await setMemoryOn(caller.id, false);
    await say(caller, off, "I prefer quokkawool.");
    const jobs = [...(await listJobs(asked)), ...(await listJobs(off))];
    expect(jobs.map(({ name }) => name)).not.toContain("facts");
  });

  test("an address lies in the vault: the fact, the prompt and the table hold its placeholder", async () => {
    const caller = await newCaller();
    await talk(caller, "I live at 12 Lindenstrasse, 04109 Leipzig.");
    expect(await listOwnFacts(caller)).toMatchObject([
      { kind: "profile", predicate: "address is", value: expect.stringContaining("Lindenstrasse") },
    ]);
    const prompt = await promptFor(server, caller, "Where will you deliver it to?");
    expect(prompt).toContain("Customer address is [ADDRESS_1].");
    expect(prompt).not.toContain("Lindenstrasse");
  });
});

const admin = { kind: "staff", id: newId(), keyEpoch: 1, role: "admin", name: "Noor" } as const;

describe("what a customer sees of it", () => {
  test("each fact with the message it came from, and what took its place", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "I prefer tea.", "Actually, I prefer coffee.");
    expect(await listOwnFacts(caller)).toMatchObject([
      {
        value: "coffee",
        holds: true,
        source: { conversationId, text: "Actually, I prefer coffee." },
      },
      { value: "tea", holds: false, replacedBy: "coffee", source: { text: "I prefer tea." } },
    ]);
    expect(await listOwnFacts(await newCaller())).toEqual([]);
  });

  test("corrected, the new value is known from now on, and messages that say otherwise are not", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "My shoe size is 42 and I prefer quokkawool.");
    const fact = (await listOwnFacts(caller)).find(({ value }) => value === "quokkawool");
    const stranger = await newCaller();
    const given = { factId: fact?.id ?? "", text: "linen" };
    await expect(correctFact(stranger, given)).rejects.toMatchObject({ code: "not_found" });
    expect(await correctFact(caller, given)).toBeGreaterThan(0);
    // The same message told the size, too, which was right.
    expect(await factsOf(caller)).toEqual(["prefers linen", "shoe size is 42"]);
    const prompt = await promptFor(server, caller, "What do I prefer?");
    expect(prompt).toContain("Customer prefers linen.");
    expect(prompt).not.toContain("quokkawool");
    // The conversation itself no longer tells the agent either.
    const { answer } = await say(caller, conversationId, "What do I prefer?");
    expect(answer).not.toContain("quokkawool");
  });

  test("another customer cannot forget it, the owner can", async () => {
    const caller = await newCaller();
    await talk(caller, "I prefer quokkawool.");
    const [fact] = await listOwnFacts(caller);
    const gone = forgetFact(await newCaller(), fact?.id ?? "");
    await expect(gone).rejects.toMatchObject({ code: "not_found" });
    await forgetFact(caller, fact?.id ?? "");
    expect(await listOwnFacts(caller)).toEqual([]);
  });
});
