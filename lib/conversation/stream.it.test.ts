import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { answer, begin, claim, send } from "./for-tests";
import { checkpointTurn, commitTurn, eventWriter, failTurn, startAnswer } from "./index";
import {
  closeAll,
  expireLease,
  newCustomer,
  newLead,
  rawRedis,
  readTurns,
  said,
} from "./store-for-tests";
import { Reader } from "./store-reader-for-tests";

afterAll(closeAll);

const seqs = (reader: Reader) => reader.state.messages.map(({ seq }) => seq);

test("a customer sees an answer grow word by word, and then the stored message in its place", async () => {
  const { ada, conversation, turnId } = await begin();
  const reader = new Reader(ada, conversation);
  await reader.until(({ messages }) => messages.length === 1);
  const turn = await claim(turnId);
  const writer = eventWriter(turn);
  await writer.status("Looking up your order");
  await reader.until(({ answer: shown }) => shown?.status === "Looking up your order");
  await startAnswer(turn);
  writer.delta(said("It is "));
  await reader.until(({ answer: shown }) => shown?.text === "It is ");
  writer.delta(said("on its "));
  writer.delta(said("way."));
  await reader.until(({ answer: shown }) => shown?.text === "It is on its way.");
  await writer.end();
  const { message } = await commitTurn(turn, answer("It is on its way."));
  const state = await reader.until(({ outcome }) => outcome === "done");
  expect(state).toMatchObject({
    answer: null,
    messages: [{ seq: 1 }, { id: message?.id, seq: 2 }],
  });
  expect(reader.events.at(-1)).not.toMatchObject({ type: "notice" });
  await reader.leave();
});

test("a reload in mid-answer goes on where the answer is", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  const writer = eventWriter(turn);
  writer.delta(said("It is "));
  await checkpointTurn(turn, said("It is "));
  writer.delta(said("on "));
  await writer.end();
  const reader = new Reader(ada, conversation, 1);
  await reader.step();
  expect(reader.events[0]).toMatchObject({
    type: "snapshot",
    turn: { id: turn.id, generation: turn.generation, text: "It is on ", offset: 9 },
  });
  writer.delta(said("its way."));
  await reader.until(({ answer: shown }) => shown?.text === "It is on its way.");
  await commitTurn(turn, answer("It is on its way."));
  await reader.until(({ outcome }) => outcome === "done");
  expect(seqs(reader)).toEqual([1, 2]);
  await reader.leave();
});

test("values stand in what the customer reads, also when a placeholder is cut by two pieces", async () => {
  const { ada, conversation, turnId } = await begin("I am ada@example.com");
  const turn = await claim(turnId);
  const [customer, colleague] = [
    new Reader(ada, conversation),
    new Reader(await newLead(), conversation),
  ];
  await startAnswer(turn);
  const writer = eventWriter(turn);
  for (const piece of ["I write to [EMA", "IL_1] ", "today."]) {
    writer.delta(said(piece));
    await writer.end();
  }
  await customer.until(({ answer: shown }) => shown?.text === "I write to ada@example.com today.");
  await colleague.until(({ answer: shown }) => shown?.text === "I write to [EMAIL_1] today.");
  expect(JSON.stringify(colleague.events)).not.toContain("ada@example.com");
  await checkpointTurn(turn, said("I write to [EMAIL_1] today. Now"));
  const late = new Reader(ada, conversation);
  await late.until(({ answer: shown }) => shown?.text === "I write to ada@example.com today. Now");
  await Promise.all([customer.leave(), colleague.leave(), late.leave()]);
});

test("a message that is stored behind newer ones still reaches a customer who comes back", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  await send(ada, conversation, "one more thing");
  await commitTurn(turn, answer("first answer"));
  const reader = new Reader(ada, conversation, 3);
  await reader.step();
  expect(seqs(reader)).toContain(2);
  await reader.leave();
});

test("a woken zombie's words reach nobody once another runner has the turn", async () => {
  const { ada, conversation, turnId } = await begin();
  const dead = await claim(turnId);
  await startAnswer(dead);
  const zombie = eventWriter(dead);
  zombie.delta(said("old "));
  await checkpointTurn(dead, said("old "));
  const reader = new Reader(ada, conversation);
  await reader.until(({ answer: shown }) => shown?.text === "old ");
  await expireLease(dead);
  const turn = await claim(dead.id, "other");
  await startAnswer(turn);
  zombie.delta(said("words"));
  await zombie.end();
  expect(zombie.gone()).toBe(true);
  eventWriter(turn).delta(said("new words"));
  await reader.until(({ answer: shown }) => shown?.text === "new words");
  expect(reader.state.generation).toBe(turn.generation);
  expect(JSON.stringify(reader.events)).not.toContain("old words");
  await reader.leave();
});

test("what somebody else left in Redis under our name is written over, and words go on", async () => {
  const { ada, conversation, turnId } = await begin();
  await rawRedis((redis) => redis.hset(`rc:{${conversation}}:generation`, "not", "ours"));
  await rawRedis((redis) => redis.set(`rc:{${conversation}}:events`, "nor this"));
  const turn = await claim(turnId);
  await startAnswer(turn);
  const reader = new Reader(ada, conversation);
  eventWriter(turn).delta(said("Here."));
  await reader.until(({ answer: shown }) => shown?.text === "Here.");
  await reader.leave();
});

test("a failed turn is told, also to a customer who reloads", async () => {
  const { ada, conversation, turnId } = await begin();
  const reader = new Reader(ada, conversation);
  const turn = await claim(turnId);
  await reader.until(({ outcome }) => outcome === "running");
  await failTurn(turn, "model_unavailable");
  await reader.until(({ outcome }) => outcome === "failed");
  const again = new Reader(ada, conversation, 1);
  await again.until(({ outcome }) => outcome === "failed");
  expect(again.state.messages).toHaveLength(1);
  await Promise.all([reader.leave(), again.leave()]);
});

test("another customer cannot listen, and hears that nothing is there", async () => {
  const { conversation } = await begin();
  const eve = new Reader(await newCustomer(), conversation);
  await expect(eve.step()).rejects.toMatchObject({ code: "not_found" });
  const nobody = new Reader(await newCustomer(), newId());
  await expect(nobody.step()).rejects.toMatchObject({ code: "not_found" });
});

test("the log holds nothing in clear, is bounded in time, and refuses writers once it is gone", async () => {
  const { conversation, turnId } = await begin();
  const turn = await claim(turnId);
  const writer = eventWriter(turn);
  writer.delta(said("Holunder"));
  await writer.end();
  const key = `rc:{${conversation}}:events`;
  const raw = await rawRedis((redis) => redis.callBuffer("XRANGE", key, "-", "+"));
  expect(JSON.stringify(raw, (_, value) => flat(value))).not.toContain("Holunder");
  expect(await rawRedis((redis) => redis.ttl(key))).toBeGreaterThan(3_500);
  await rawRedis((redis) => redis.set(`rc:{${conversation}}:gone`, "1", "EX", 60));
  await rawRedis((redis) => redis.del(key));
  writer.delta(said("again"));
  await writer.end();
  expect(writer.gone()).toBe(true);
  expect(await rawRedis((redis) => redis.exists(key))).toBe(0);
  expect(await readTurns(conversation)).toHaveLength(1);
});

// A Buffer prints its bytes as numbers, among which no word is found.
function flat(value: unknown): unknown {
  return typeof value === "object" && value !== null && "data" in value && Array.isArray(value.data)
    ? Buffer.from(value.data).toString("latin1")
    : value;
}

test("a reader who pulls slowly gets everything, a batch at a time", async () => {
  const { ada, conversation, turnId } = await begin();
  const reader = new Reader(ada, conversation);
  await reader.step();
  const turn = await claim(turnId);
  const writer = eventWriter(turn);
  await startAnswer(turn);
  for (let n = 0; n < 500; n += 1) {
    writer.delta(said(`${n} `));
    if (n % 5 === 0) {
      await writer.end();
    }
  }
  await writer.end();
  const whole = Array.from({ length: 500 }, (_, n) => `${n} `).join("");
  await reader.until(({ answer: shown }) => shown?.text === whole);
  expect(reader.events.filter(({ type }) => type === "delta").length).toBeLessThan(20);
  await reader.leave();
});
