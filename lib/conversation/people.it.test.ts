import { afterAll, beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { answer, beginToWait, claim, peopleOf, send } from "./for-tests";
import {
  commitTurn,
  findForStaff,
  handBack,
  isAway,
  listInbox,
  sayWhy,
  sendStaffMessage,
  setAway,
  startAnswer,
  streamConsole,
  takeOver,
  withdrawPerson,
} from "./index";
import {
  closeAll,
  deactivate,
  newCustomer,
  newLead,
  readConversation,
  readHandOffs,
  readTurns,
} from "./store-for-tests";
import { emptyTheHouse, openConsole, waitLonger } from "./store-people-for-tests";
import { QUICK, Reader } from "./store-reader-for-tests";

afterAll(closeAll);
beforeEach(emptyTheHouse);

test("who waits is told their place, and moves up when somebody before them leaves", async () => {
  const first = await beginToWait();
  const second = await beginToWait();
  expect(await peopleOf(first.ada, first.conversation)).toMatchObject({ queue: { place: 1 } });
  expect(await peopleOf(second.ada, second.conversation)).toMatchObject({ queue: { place: 2 } });
  await withdrawPerson(first.ada, first.conversation);
  expect(await peopleOf(second.ada, second.conversation)).toMatchObject({ queue: { place: 1 } });
  expect(await peopleOf(first.ada, first.conversation)).toMatchObject({ queue: null });
});

test("people count as there while their console was heard of within 45 seconds, each once, and not while away", async () => {
  const { ada, conversation } = await beginToWait();
  const present = async () => (await peopleOf(ada, conversation))?.queue?.present;
  const [mara, olu, gone, left] = await Promise.all([newLead(), newLead(), newLead(), newLead()]);
  expect(await present()).toBe(0);
  await openConsole(mara.id, 0);
  await openConsole(mara.id, 30);
  await openConsole(olu.id, 44);
  await openConsole(gone.id, 46);
  await openConsole(left.id, 0);
  await deactivate(left.id);
  expect(await present()).toBe(2);
  await setAway(mara, true);
  expect(await isAway(mara)).toBe(true);
  expect(await present()).toBe(1);
  await setAway(mara, false);
  expect(await present()).toBe(2);
});

test("an open console makes its lead present and tells who waits, and closing it is seen soon after", async () => {
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  // The bell brings the news; one that was rung before its line stood is made good by the heartbeat.
  const reader = new Reader(ada, conversation, 0, {
    ...QUICK,
    lookMs: 60_000,
    heartbeatMs: 3_000,
  });
  const sees = (count: number) => () => reader.state.conversation?.people.queue?.present === count;
  await reader.until(sees(0));
  const left = new AbortController();
  const console = streamConsole(mara, undefined, left.signal, QUICK);
  await console.next();
  await reader.until(sees(1));
  left.abort();
  await console.return(undefined);
  await reader.until(sees(0));
  await reader.leave();
}, 30_000);

test("after three minutes without an answer the customer is told, also when somebody took it and says nothing", async () => {
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  await waitLonger(conversation, 175);
  expect(await peopleOf(ada, conversation)).toMatchObject({ queue: { late: false } });
  await waitLonger(conversation, 10);
  expect(await peopleOf(ada, conversation)).toMatchObject({ queue: { late: true, place: 1 } });
  await takeOver(mara, conversation);
  expect(await peopleOf(ada, conversation)).toMatchObject({ queue: { late: true, place: null } });
  await sendStaffMessage(mara, { id: newId(), conversationId: conversation, text: "Hello." });
  expect(await peopleOf(ada, conversation)).toMatchObject({ queue: null });
});

test("an open chat learns at its heartbeat that nobody came, with no bell ringing", async () => {
  const { ada, conversation } = await beginToWait();
  const reader = new Reader(ada, conversation);
  await reader.until(({ conversation: shown }) => shown?.people.queue?.late === false);
  await waitLonger(conversation, 200);
  await reader.until(({ conversation: shown }) => shown?.people.queue?.late === true);
  await reader.leave();
});

test("who takes the wish back is answered by the AI again, first what they wrote meanwhile", async () => {
  const { ada, conversation } = await beginToWait();
  expect((await send(ada, conversation, "never mind, what does delivery cost?")).turnId).toBeNull();
  const turnId = await withdrawPerson(ada, conversation);
  expect(await readConversation(conversation)).toMatchObject({
    owner: "AI",
    status: "open",
    waitingSince: null,
    askedAt: null,
    handOffReason: null,
  });
  expect(await readHandOffs(conversation)).toMatchObject([{ state: "withdrawn" }]);
  const turn = await claim(turnId);
  await startAnswer(turn);
  expect(await commitTurn(turn, answer("Five euros."))).toMatchObject({ stored: true });
});

test("who wrote nothing while they waited gets no answer to what was answered before", async () => {
  const { ada, conversation } = await beginToWait();
  const before = (await readTurns(conversation)).length;
  expect(await withdrawPerson(ada, conversation)).toBeNull();
  expect(await readTurns(conversation)).toHaveLength(before);
});

test("a wish cannot be taken back once a person has come, nor by anybody else", async () => {
  const { ada, conversation } = await beginToWait();
  await expect(withdrawPerson(await newCustomer(), conversation)).rejects.toMatchObject({
    code: "not_found",
  });
  const mara = await newLead();
  await takeOver(mara, conversation);
  expect(await withdrawPerson(ada, conversation)).toBeNull();
  expect(await readConversation(conversation)).toMatchObject({
    owner: "HUMAN",
    assigneeId: mara.id,
  });
});

test("leads read the reason of every hand-off, and what was said about it", async () => {
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  await sayWhy(ada, conversation, "complaint");
  expect((await findForStaff(mara, conversation))?.conversation).toMatchObject({
    handOffReason: "customer_asked",
    handOffWhy: "complaint",
  });
  await expect(sayWhy(await newCustomer(), conversation, "no_help")).rejects.toMatchObject({
    code: "not_found",
  });
  await takeOver(mara, conversation);
  expect(await readHandOffs(conversation)).toMatchObject([
    { reason: "customer_asked", why: "complaint", state: "taken" },
  ]);
  await handBack(mara, conversation);
  await takeOver(mara, conversation, "wrong_answer");
  expect((await findForStaff(mara, conversation))?.conversation).toMatchObject({
    handOffReason: "staff_took_over",
    handOffWhy: "wrong_answer",
  });
  expect((await readHandOffs(conversation)).at(-1)).toMatchObject({ why: "wrong_answer" });
});

test("the inbox shows why a person is wanted", async () => {
  const { ada, conversation } = await beginToWait();
  await sayWhy(ada, conversation, "order_trouble");
  const { rows } = await listInbox(await newLead(), { filter: "waiting" });
  expect(rows).toMatchObject([
    { id: conversation, handOffReason: "customer_asked", handOffWhy: "order_trouble" },
  ]);
});
