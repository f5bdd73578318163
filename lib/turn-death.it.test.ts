import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { begin } from "./conversation/for-tests";
import { closeAll, endEveryTurn, readRecord, readTurns } from "./conversation/store-for-tests";
import { Reader } from "./conversation/store-reader-for-tests";
import { launch, type Neighbour } from "./process-for-tests";

const SWEEPING = `
const { startRunner } = await import("./lib/agent/index.ts");
startRunner();
console.log("ready");
`;
const ONE_TURN = `
const { claimTurn } = await import("./lib/conversation/index.ts");
const { runTurn } = await import("./lib/agent/turn.ts");
const turn = await claimTurn("frozen", process.env.TURN);
console.log("ready");
const { outcome } = await runTurn(turn);
console.log("outcome " + outcome);
`;
const LONG = Array.from({ length: 80 }, (_, word) => `word${word}`).join(" ");
const WHOLE = "Everything is told by another process.";
/** A dead process's turn runs elsewhere within this. */
const RESCUE_MS = 15_000;
const soon = { timeout: 30_000, interval: 50 };
const begun: Neighbour[] = [];
let model: ModelServer;

beforeAll(async () => {
  await endEveryTurn();
  model = await startModelServer();
});

afterAll(async () => {
  for (const { child } of begun) {
    child.kill("SIGKILL");
  }
  await model.close();
  await closeAll();
});

async function start(code: string, settings: Record<string, string> = {}): Promise<Neighbour> {
  const neighbour = await launch(code, {
    OPENAI_API_KEY: "test",
    OPENAI_BASE_URL: model.url,
    ...settings,
  });
  begun.push(neighbour);
  return neighbour;
}

/** A question to which a process of its own has begun the answer, word by slow word. */
async function askSlowly(word: string) {
  const asked = await begin(`Tell me about ${word}`);
  const runner = await start(ONE_TURN, { TURN: asked.turnId ?? "" });
  const turn = async () => (await readTurns(asked.conversation))[0];
  await vi.waitFor(async () => expect((await turn())?.checkpointOffset).toBeGreaterThan(5), soon);
  return { ...asked, runner, turn };
}

test("one process is killed in mid-answer and one frozen: another has both turns within 15 s, answers them once, and the woken one is refused", {
  timeout: 120_000,
}, async () => {
  model.script({ steps: [{ text: LONG, tokenDelayMs: 500 }], repeat: true });
  const [killed, frozen] = await Promise.all([askSlowly("herons"), askSlowly("otters")]);
  const place = (await killed.turn())?.answerSeq;
  await start(SWEEPING);
  model.reset();
  model.script({ steps: [{ text: WHOLE }], repeat: true });
  const reader = new Reader(frozen.ada, frozen.conversation);
  killed.runner.child.kill("SIGKILL");
  frozen.runner.child.kill("SIGSTOP");
  await Promise.all(
    [killed, frozen].map(async ({ turn }) => {
      const taken = async () => expect((await turn())?.attempts).toBe(2);
      await vi.waitFor(taken, { timeout: RESCUE_MS, interval: 100 });
    }),
  );
  const told = await reader.until(({ outcome }) => outcome === "done");
  expect(told.messages.at(-1)?.text).toBe(WHOLE);
  await vi.waitFor(async () => expect((await killed.turn())?.state).toBe("done"), soon);
  expect(await killed.turn()).toMatchObject({ attempts: 2, answerSeq: place });

  frozen.runner.child.kill("SIGCONT");
  await vi.waitFor(() => expect(frozen.runner.said()).toContain("outcome lost"), soon);
  for (const { ada, conversation } of [killed, frozen]) {
    const record = await readRecord(ada, conversation);
    expect(record.map(({ role }) => role)).toEqual(["customer", "assistant"]);
    expect(record.at(-1)).toMatchObject({ state: "final", text: WHOLE });
  }
  await reader.leave();
});
