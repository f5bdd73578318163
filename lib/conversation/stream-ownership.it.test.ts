import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { begin, claim } from "./for-tests";
import {
  addNote,
  checkpointTurn,
  eventWriter,
  handBack,
  requestPerson,
  sendStaffMessage,
  startAnswer,
  streamConsole,
  takeOver,
} from "./index";
import type { ConsoleEvent } from "./schema";
import { closeAll, deactivate, newLead, said, setCustomer, tellGone } from "./store-for-tests";
import { QUICK, Reader } from "./store-reader-for-tests";

// Several things run on the machine that tests.
const LONG = { timeout: 10_000 };

afterAll(closeAll);

test("a take-over in mid-answer shows what was said as interrupted, then the person's words", async () => {
  const { ada, conversation, turnId } = await begin();
  const mara = await newLead("Mara");
  const turn = await claim(turnId);
  await startAnswer(turn);
  const writer = eventWriter(turn);
  writer.delta(said("Your order"));
  await checkpointTurn(turn, said("Your order"));
  const reader = new Reader(ada, conversation);
  await reader.until(({ answer: shown }) => shown?.text === "Your order");
  await takeOver(mara, conversation);
  writer.delta(said(" is lost"));
  await writer.end();
  await addNote(mara, { id: newId(), conversationId: conversation, text: "a secret note" });
  await sendStaffMessage(mara, { id: newId(), conversationId: conversation, text: "Mara here" });
  const state = await reader.until(
    ({ messages, conversation: shown }) =>
      messages.at(-1)?.text === "Mara here" && shown?.owner === "HUMAN",
  );
  expect(state).toMatchObject({ answer: null, outcome: "interrupted" });
  expect(state.messages.map(({ role, state: end }) => `${role} ${end}`)).toEqual([
    "customer final",
    "assistant interrupted",
    "boundary final",
    "staff final",
  ]);
  expect(JSON.stringify(reader.events)).not.toMatch(/lost|secret/);
  await reader.leave();
});

test("a lead who takes over sees the values from then on, and not any more after handing back", async () => {
  const { conversation } = await begin("I am ada@example.com");
  const mara = await newLead();
  const reader = new Reader(mara, conversation);
  const first = (text: string) => () => reader.state.messages[0]?.text === `I am ${text}`;
  await reader.until(first("[EMAIL_1]"));
  await takeOver(mara, conversation);
  await reader.until(first("ada@example.com"));
  await handBack(mara, conversation);
  await reader.until(first("[EMAIL_1]"));
  await reader.leave();
});

test("streams end when the customer is being erased or the lead was deactivated", async () => {
  const { ada, conversation } = await begin();
  const mara = await newLead();
  const readers = [new Reader(ada, conversation), new Reader(mara, conversation)];
  await Promise.all(readers.map((reader) => reader.until(({ messages }) => messages.length === 1)));
  await deactivate(mara.id);
  await readers[1]?.rest();
  await setCustomer(ada.id, { state: "erasing" });
  await readers[0]?.rest();
});

test("told by the erasure itself, a stream ends at once and not at its next heartbeat", async () => {
  const { ada, conversation } = await begin();
  const calm = { ...QUICK, lookMs: 60_000, heartbeatMs: 60_000 };
  const reader = new Reader(ada, conversation, 0, calm);
  await reader.until(({ messages }) => messages.length === 1);
  const rest = reader.rest();
  await setCustomer(ada.id, { state: "erasing" });
  // The stream's ear may still be connecting.
  await expect
    .poll(async () => {
      await tellGone(ada.id);
      return reader.ended;
    }, LONG)
    .toBe(true);
  await rest;
});

test("a lead's console hears of a new wish for a person, and follows the open conversation", async () => {
  const { ada, conversation } = await begin();
  const mara = await newLead();
  const left = new AbortController();
  const seen: ConsoleEvent[] = [];
  const reading = (async () => {
    for await (const event of streamConsole(mara, conversation, left.signal, QUICK)) {
      seen.push(event);
    }
  })();
  await expect.poll(() => seen.some(({ type }) => type === "counts"), LONG).toBe(true);
  expect(seen[0]).toMatchObject({ type: "open", event: { type: "snapshot" } });
  const before = seen.length;
  await requestPerson(ada, conversation, "customer_asked");
  await expect
    .poll(
      () => seen.slice(before).map((each) => (each.type === "open" ? each.event.type : each.type)),
      LONG,
    )
    .toEqual(expect.arrayContaining(["conversation", "counts", "inbox"]));
  await deactivate(mara.id);
  await reading;
});
