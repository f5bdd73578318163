import { afterAll, beforeAll, expect, test } from "vitest";
import { begin, beginToWait, claim, send } from "./for-tests";
import {
  checkpointTurn,
  commitTurn,
  eventWriter,
  noteTyping,
  startAnswer,
  takeOver,
} from "./index";
import { closeAll, newLead, said } from "./store-for-tests";
import { openConsole } from "./store-people-for-tests";
import { QUICK, Reader, wireSwitch } from "./store-reader-for-tests";

let redis: Awaited<ReturnType<typeof wireSwitch>>;

beforeAll(async () => {
  redis = await wireSwitch("REDIS_URL");
});
afterAll(closeAll);

test("with Redis gone a conversation goes on from PostgreSQL, says so, and is quick again afterwards", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  const reader = new Reader(ada, conversation);
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
  const next = await send(ada, conversation, "thanks");
  await reader.until(({ messages }) => messages.at(-1)?.text === "thanks");

  await redis.on();
  await reader.until(({ notice }) => notice === null);
  const second = await claim(next.turnId);
  await startAnswer(second);
  eventWriter(second).delta(said("You are welcome."));
  await reader.until(({ answer }) => answer?.text === "You are welcome.");
  expect(reader.state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  await reader.leave();
}, 30_000);

test("a customer who came while Redis was gone hears the bell once it is back", async () => {
  await redis.off();
  const { ada, conversation, turnId } = await begin();
  // Nothing but the bell brings news within the test's time.
  const calm = { ...QUICK, lookMs: 60_000, heartbeatMs: 60_000 };
  const reader = new Reader(ada, conversation, 0, calm);
  await reader.until(({ notice }) => notice?.level === "warning");
  // Long enough for the subscription to be given up.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await redis.on();
  await reader.until(({ notice }) => notice === null);
  const heard = reader.until(({ answer }) => answer?.text === "Here I am.");
  const turn = await claim(turnId);
  await startAnswer(turn);
  eventWriter(turn).delta(said("Here I am."));
  await heard;
  await reader.leave();
}, 30_000);

test("words that Redis did not take while it was gone are written once it is back, without a hole", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  const writer = eventWriter(turn);
  const reader = new Reader(ada, conversation);
  writer.delta(said("It "));
  await reader.until(({ answer }) => answer?.text === "It ");
  await redis.off();
  writer.delta(said("is "));
  await reader.until(({ notice }) => notice?.level === "warning");
  writer.delta(said("on its "));
  await redis.on();
  writer.delta(said("way."));
  // No checkpoint was written: all of it comes from the log.
  await reader.until(({ answer }) => answer?.text === "It is on its way.");
  await reader.leave();
}, 30_000);

test("while Redis is gone, who is there is still told, and that somebody writes is lost in silence", async () => {
  await redis.off();
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  const reader = new Reader(ada, conversation);
  const here = () => reader.state.conversation?.people.queue?.present ?? -1;
  await reader.until(() => here() >= 0);
  const before = here();
  await openConsole(mara.id, 0);
  await reader.until(() => here() > before);
  await noteTyping(ada, conversation);
  await takeOver(mara, conversation);
  await reader.until(({ conversation: shown }) => shown?.owner === "HUMAN");
  await noteTyping(mara, conversation);
  await reader.leave();
  await redis.on();
}, 30_000);
