import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { answer, begin, claim, send } from "./for-tests";
import {
  appendToolMessage,
  cancelTurn,
  checkpointTurn,
  claimTurn,
  commitTurn,
  failTurn,
  heartbeatTurn,
  interruptTurn,
  recordBefore,
  releaseTurn,
  retryAnswer,
  since,
  startAnswer,
  sweepTurns,
} from "./index";
import {
  closeAll,
  expireLease,
  newCustomer,
  readBytes,
  readConversation,
  readRecord,
  readTurns,
  said,
  setCustomer,
} from "./store-for-tests";

afterAll(closeAll);

// Other tests leave turns behind, and the sweep names the oldest first.
const EVERY = 100_000;

async function ask() {
  const begun = await begin("Where is my order?");
  return { ...begun, turn: await claim(begun.turnId) };
}

test("of two runners who claim at once, one wins", async () => {
  const ada = await newCustomer();
  const { turnId } = await send(ada, newId(), "hello");
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, n) => claimTurn(`runner ${n}`, turnId ?? undefined)),
  );
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test("a turn goes from claim to stored answer", async () => {
  const { ada, conversation, turn } = await ask();
  expect(await heartbeatTurn(turn)).toEqual({ held: true, cancelRequested: false, throughSeq: 1 });
  const started = await startAnswer(turn);
  expect(started).toMatchObject({ held: true, begun: true, answerSeq: 2 });
  const sources = [{ kind: "order" as const, id: "1", title: "Order 12345", href: "/o" }];
  const committed = await commitTurn(turn, { ...answer("It is on its way."), meta: { sources } });
  expect(committed).toMatchObject({
    stored: true,
    message: { seq: 2, role: "assistant", sources },
  });
  expect(await readRecord(ada, conversation)).toMatchObject([
    { seq: 1, role: "customer" },
    { seq: 2, role: "assistant", state: "final", text: "It is on its way." },
  ]);
  expect(await readTurns(conversation)).toMatchObject([{ state: "done", checkpointSealed: null }]);
  expect(await commitTurn(turn, answer("again"))).toEqual({ stored: false });
});

test("a message that came in meanwhile forms the next turn, which the commit names", async () => {
  const { ada, conversation, turn } = await ask();
  await startAnswer(turn);
  const next = await send(ada, conversation, "and one more");
  expect(await claimTurn("other", next.turnId ?? undefined)).toBeNull();
  expect(await commitTurn(turn, answer("first"))).toMatchObject({
    stored: true,
    message: { seq: 2 },
    nextTurnId: next.turnId,
  });
  const second = await claim(next.turnId);
  expect(second).toMatchObject({ throughSeq: 3, attempt: 1 });
  await commitTurn(second, answer("second"));
  expect((await readRecord(ada, conversation)).map(({ text }) => text)).toEqual([
    "Where is my order?",
    "first",
    "and one more",
    "second",
  ]);
});

test("a turn whose runner died is taken over in its place, and the dead runner's words are refused", async () => {
  const { ada, conversation, turn: dead } = await ask();
  const begun = await startAnswer(dead);
  await checkpointTurn(dead, said("It is"));
  expect(await claimTurn("other", dead.id)).toBeNull();
  await expireLease(dead);
  expect(await sweepTurns(EVERY)).toContain(dead.id);
  const turn = await claim(dead.id, "other");
  expect(turn).toMatchObject({ attempt: 2, checkpoint: "It is" });
  expect(turn.generation).toBeGreaterThan(dead.generation);
  expect(await startAnswer(turn)).toEqual(begun);

  expect(await heartbeatTurn(dead)).toMatchObject({ held: false });
  expect(await startAnswer(dead)).toEqual({ held: false });
  expect(await checkpointTurn(dead, said("zombie"))).toMatchObject({ held: false });
  expect(await commitTurn(dead, answer("zombie"))).toEqual({ stored: false });
  expect(await interruptTurn(dead, said("zombie"), "deadline")).toEqual({ stored: false });
  expect(await appendToolMessage(dead, tool("zombie"))).toEqual({ held: false });

  await commitTurn(turn, answer("It is on its way."));
  expect((await readRecord(ada, conversation)).map(({ text }) => text)).toEqual([
    "Where is my order?",
    "It is on its way.",
  ]);
});

const tool = (result: string) => ({
  callId: "call_1",
  name: "find_order",
  args: '{"number":"12345"}',
  result: said(result),
});

test("after three attempts a turn has failed, and what had been said stays as interrupted", async () => {
  const { ada, conversation, turn } = await ask();
  await startAnswer(turn);
  await checkpointTurn(turn, said("It is"));
  for (const runner of ["second", "third"]) {
    await expireLease(turn);
    await claim(turn.id, runner);
  }
  await expireLease(turn);
  expect(await claimTurn("fourth", turn.id)).toBeNull();
  await sweepTurns(EVERY);
  expect(await readTurns(conversation)).toMatchObject([
    { state: "failed", failure: "attempts_exhausted", attempts: 3 },
  ]);
  expect((await readRecord(ada, conversation)).at(-1)).toMatchObject({
    role: "assistant",
    state: "interrupted",
    text: "It is",
  });
});

test("a runner that shuts down gives its turn back at once and without losing an attempt", async () => {
  const { turn } = await ask();
  await releaseTurn(turn);
  expect(await claim(turn.id, "other")).toMatchObject({ attempt: 1 });
});

test("a tool call is part of the record that the agent reads, in its place", async () => {
  const { ada, conversation, turn } = await ask();
  await appendToolMessage(turn, tool("shipped yesterday"));
  await startAnswer(turn);
  await commitTurn(turn, answer("It was shipped yesterday."));
  expect(await since(conversation, ada, 0)).toMatchObject([
    { seq: 1, speaker: "Customer" },
    { seq: 2, speaker: "Tool", text: "shipped yesterday", tool: { name: "find_order" } },
    { seq: 3, speaker: "Assistant", tokens: 3 },
  ]);
  expect(await since(conversation, ada, 2)).toHaveLength(1);
  expect((await recordBefore(conversation, ada, 3)).map(({ seq }) => seq)).toEqual([2, 1]);
});

test("stop asks the runner, who keeps what was said as interrupted", async () => {
  const { ada, conversation, turn } = await ask();
  await startAnswer(turn);
  await cancelTurn(ada, conversation);
  expect(await checkpointTurn(turn, said("It is on"))).toEqual({
    held: true,
    cancelRequested: true,
  });
  expect(await interruptTurn(turn, said("It is on"), "cancelled")).toMatchObject({ stored: true });
  expect(await readTurns(conversation)).toMatchObject([{ state: "cancelled" }]);
  expect((await readRecord(ada, conversation)).at(-1)).toMatchObject({
    seq: 2,
    state: "interrupted",
  });
});

test("a message after stop is not lost in the turn that was stopped", async () => {
  const { ada, conversation, turn } = await ask();
  await cancelTurn(ada, conversation);
  const next = await send(ada, conversation, "I meant something else");
  expect(next.turnId).not.toBe(turn.id);
  await interruptTurn(turn, said(""), "cancelled");
  expect(await claim(next.turnId)).toMatchObject({ throughSeq: 2 });
});

test("stop before anybody took the turn ends it, and a dead runner's turn is ended by the sweep", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const { turnId } = await send(ada, conversation, "hello");
  await cancelTurn(ada, conversation);
  expect(await claimTurn("runner", turnId ?? undefined)).toBeNull();

  const dying = await ask();
  await cancelTurn(dying.ada, dying.conversation);
  await expireLease(dying.turn);
  await sweepTurns(EVERY);
  expect(await readTurns(dying.conversation)).toMatchObject([{ state: "cancelled" }]);
});

test("another customer cannot stop an answer or try it again", async () => {
  const { ada, conversation, turn } = await ask();
  const eve = await newCustomer();
  await expect(cancelTurn(eve, conversation)).rejects.toMatchObject({ code: "not_found" });
  await expect(retryAnswer(eve, conversation)).rejects.toMatchObject({ code: "not_found" });
  expect(await heartbeatTurn(turn)).toMatchObject({ cancelRequested: false });
  await cancelTurn(ada, conversation);
  expect(await heartbeatTurn(turn)).toMatchObject({ cancelRequested: true });
});

test("a failed turn stores no answer, and Retry makes one new turn for the same question", async () => {
  const { ada, conversation, turn } = await ask();
  expect(await failTurn(turn, "model_unavailable")).toMatchObject({ stored: true });
  expect(await readRecord(ada, conversation)).toHaveLength(1);
  const again = await retryAnswer(ada, conversation);
  expect(await retryAnswer(ada, conversation)).toBe(again);
  const second = await claim(again);
  expect(second).toMatchObject({ throughSeq: 1 });
  await commitTurn(second, answer("There it is."));
  expect(await retryAnswer(ada, conversation)).toBeNull();
});

test("the answer of a customer who is being erased is not stored", async () => {
  const { ada, conversation, turn } = await ask();
  await startAnswer(turn);
  await setCustomer(ada.id, { state: "erasing" });
  expect(await heartbeatTurn(turn)).toMatchObject({ held: false });
  expect(await commitTurn(turn, answer("too late"))).toEqual({ stored: false });
  expect(await sweepTurns(EVERY)).not.toContain(turn.id);
  expect((await readTurns(conversation))[0]?.state).toBe("running");
});

test("a hand-off that the answer promises begins with the answer's own transaction", async () => {
  const { ada, conversation, turn } = await ask();
  await startAnswer(turn);
  await commitTurn(turn, { ...answer("I will ask a colleague."), handOff: "agent_unsure" });
  expect(await readConversation(conversation)).toMatchObject({
    status: "waiting",
    owner: "NONE",
    handOffReason: "agent_unsure",
  });
  expect((await readRecord(ada, conversation)).map(({ role }) => role)).toEqual([
    "customer",
    "assistant",
    "event",
  ]);
});

test("neither checkpoint nor answer stands anywhere in clear", async () => {
  const { conversation, turn } = await ask();
  await startAnswer(turn);
  await checkpointTurn(turn, said("Quittenmus"));
  await appendToolMessage(turn, tool("Quittenmus"));
  expect(await readBytes(conversation)).not.toMatch(/Quitten|find_order/);
});
