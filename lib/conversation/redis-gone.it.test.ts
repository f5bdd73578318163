import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { claim, send } from "./for-tests";
import { checkpointTurn, commitTurn, eventWriter, startAnswer } from "./index";
import { closeAll, newCustomer, said } from "./store-for-tests";
import { QUICK, Reader, redisSwitch } from "./store-reader-for-tests";

let redis: Awaited<ReturnType<typeof redisSwitch>>;

beforeAll(async () => {
  redis = await redisSwitch();
});
afterAll(closeAll);

test("with Redis gone a conversation goes on from PostgreSQL, says so, and is quick again afterwards", async () => {
  const ada = await newCustomer();
  const conversationId = newId();
  const { turnId } = await send(ada, conversationId, "hello");
  const turn = await claim(turnId);
  const reader = new Reader(ada, conversationId);
  await startAnswer(turn);
  const writer = eventWriter(turn);
  writer.delta(said("It "));
  await reader.until(({ answer }) => answer?.text === "It ");

  await redis.off();
  await reader.until(({ notice }) => notice?.level === "warning");
  writer.delta(said("is on "));
  await writer.end();
  expect(writer.gone()).toBe(false);
  await checkpointTurn(turn, said("It is on "));
  await reader.until(({ answer }) => answer?.text === "It is on ");
  await commitTurn(turn, { text: said("It is on its way."), meta: {}, tokens: 5 });
  await reader.until(({ messages }) => messages.at(-1)?.text === "It is on its way.");
  const next = await send(ada, conversationId, "thanks");
  await reader.until(({ messages }) => messages.at(-1)?.text === "thanks");
  const late = new Reader(ada, conversationId, 0, {
    ...QUICK,
    lookMs: 60_000,
    heartbeatMs: 60_000,
  });
  await late.until(({ notice, messages }) => notice !== null && messages.length === 3);

  await redis.on();
  await reader.until(({ notice }) => notice === null);
  await late.until(({ notice }) => notice === null);
  const second = await claim(next.turnId);
  await startAnswer(second);
  eventWriter(second).delta(said("You are welcome."));
  await reader.until(({ answer }) => answer?.text === "You are welcome.");
  await late.until(({ answer }) => answer?.text === "You are welcome.");
  await late.leave();
  expect(reader.state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  await reader.leave();
}, 30_000);
