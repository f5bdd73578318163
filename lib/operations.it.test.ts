import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { begin, send } from "./conversation/for-tests";
import { switchAnswers } from "./conversation/index";
import {
  newLead,
  readActs,
  readConversation,
  readHandOffs,
  readRecord,
  readTurns,
} from "./conversation/store-for-tests";
import { readStatus } from "./health/index";
import { launch, type Neighbour } from "./process-for-tests";

const WEB = `
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
const { startProcess } = await import("./lib/start.ts");
const { streamEvents } = await import("./app/api/sse.ts");
startProcess("web");
async function* silence(signal) {
  yield { type: "snapshot" };
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
const server = createServer(async (request, response) => {
  if (request.url === "/stream") {
    const source = { request: new Request("http://here"), where: "test", events: silence };
    const { body } = await streamEvents({ ...source, stillStands: async () => true });
    Readable.fromWeb(body).pipe(response);
    return;
  }
  if (request.url === "/slow") {
    response.write("begun ");
    await pause(1_000);
  }
  response.end("answered");
});
server.listen(0, "127.0.0.1", () => console.log("ready at " + server.address().port + "."));
`;

const LONG = Array.from({ length: 120 }, (_, word) => `word${word}`).join(" ");
const CHECKED = ["postgres", "redis", "workers"];
// Two processes start and work beside this one: a busy machine needs its time.
const soon = { timeout: 30_000, interval: 50 };
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });
const begun: Neighbour[] = [];
let model: ModelServer;
let one: Neighbour;
let other: Neighbour;

beforeAll(async () => {
  model = await startModelServer();
  const settings = { OPENAI_API_KEY: "test", OPENAI_BASE_URL: model.url, WORKER: "separate" };
  [one, other] = await Promise.all([launch(WEB, settings), launch(WEB, settings)]);
  begun.push(one, other);
});

afterAll(async () => {
  await switchAnswers(await newLead("Edda", "admin"), { on: true });
  for (const { child } of begun) {
    child.kill("SIGKILL");
  }
  await model.close();
});

/** Somebody asks, and the answer has begun to grow slowly in one of the two processes. */
async function askSlowly(word: string) {
  model.script({ match: word, steps: [{ text: LONG, tokenDelayMs: 100 }, { text: "Done." }] });
  const asked = await begin(`Tell me about ${word}`);
  await vi.waitFor(async () => {
    const [turn] = await readTurns(asked.conversation);
    const { state, failure, attempts, runnerId } = turn ?? {};
    const how = JSON.stringify({ state, failure, attempts, runnerId });
    expect(turn?.checkpointOffset, how).toBeGreaterThan(20);
  }, soon);
  return asked;
}

test("each process says that it lives, and that nobody works jobs", async () => {
  await vi.waitFor(async () => {
    const { processes, standings } = await readStatus();
    expect(processes.filter(({ alive }) => alive)).toHaveLength(2);
    expect(standings.filter(({ part }) => CHECKED.includes(part))).toMatchObject([
      { part: "postgres", state: "up" },
      { part: "redis", state: "up" },
      { part: "workers", state: "down" },
    ]);
  }, soon);
});

test("switched off, answers stop in every process at once and people are asked; switched on, new messages are answered", async () => {
  const admin = await newLead("Edda", "admin");
  const asked = await Promise.all([askSlowly("herons"), askSlowly("otters")]);
  await switchAnswers(admin, { on: false, reason: "wrong_answers" });
  for (const { ada, conversation } of asked) {
    expect(await readTurns(conversation)).toMatchObject([
      { state: "interrupted", failure: "answers_off" },
    ]);
    expect(await readConversation(conversation)).toMatchObject({
      owner: "NONE",
      status: "waiting",
      handOffReason: "answers_off",
    });
    expect(await readRecord(ada, conversation)).toMatchObject([
      { role: "customer" },
      { role: "assistant", state: "interrupted", text: expect.stringMatching(/^word0 word1/) },
      { role: "event" },
    ]);
  }
  const late = await begin("Is anybody there?");
  expect(late.turnId).toBeNull();
  expect(await readHandOffs(late.conversation)).toMatchObject([{ reason: "answers_off" }]);
  expect(await readActs(admin.id)).toEqual(["settings_changed"]);
  await switchAnswers(admin, { on: true });
  model.script({ match: "back", steps: [{ text: "Yes, I am back." }] });
  const next = await begin("Are you back?");
  await vi.waitFor(async () => {
    expect((await readRecord(next.ada, next.conversation)).at(-1)?.text).toBe("Yes, I am back.");
  }, soon);
  expect((await readConversation(late.conversation)).status).toBe("waiting");
  expect((await send(late.ada, late.conversation, "Hello?")).turnId).toBeNull();
});

test("a process that is told to end gives its turn back at once, another one answers it once, and it exits with 0", async () => {
  other.child.kill("SIGSTOP");
  const { ada, conversation } = await askSlowly("badgers");
  other.child.kill("SIGCONT");
  const [before] = await readTurns(conversation);
  one.child.kill("SIGTERM");
  await vi.waitFor(async () => {
    const [turn] = await readTurns(conversation);
    expect(turn?.runnerId).not.toBe(before?.runnerId);
    // Given back, and not left until its lease had run out: that would have cost an attempt.
    expect(turn).toMatchObject({ attempts: 1 });
  }, soon);
  expect(await one.gone).toBe(0);
  expect(one.said()).toMatch(/"process_drained".*"whole":true/);
  await vi.waitFor(async () => {
    expect(await readRecord(ada, conversation)).toMatchObject([
      { role: "customer" },
      { role: "assistant", state: "final", text: "Done." },
    ]);
  }, soon);
  const { processes } = await readStatus();
  expect(processes.filter(({ alive }) => alive)).toHaveLength(1);
});

test("while a process ends, open answers are finished, new requests are refused in their own form, and it still lives", async () => {
  const site = `http://127.0.0.1:${/ready at (\d+)/.exec(other.said())?.[1]}`;
  const slow = await fetch(`${site}/slow`);
  const stream = await fetch(`${site}/stream`);
  other.child.kill("SIGTERM");
  await vi.waitFor(async () => {
    expect((await fetch(`${site}/api/ready`)).status).toBe(503);
  }, soon);
  const page = await fetch(`${site}/chat`, { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("connection"), page.headers.get("retry-after")]).toEqual([
    503,
    "close",
    "1",
  ]);
  expect(await page.text()).toContain("Back in a moment");
  const sent = await fetch(`${site}/chat`, { method: "POST", body: "{}" });
  expect([sent.status, await sent.json()]).toMatchObject([503, { code: "restarting" }]);
  expect((await fetch(`${site}/api/live`)).status).toBe(200);
  expect(await slow.text()).toBe("begun answered");
  expect(await stream.text()).toBe('data: {"type":"snapshot"}\n\nretry: 200\n\n');
  expect(await other.gone).toBe(0);
});
