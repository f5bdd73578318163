import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { begin, beginToWait, send } from "./for-tests";
import { markRead, noteTyping, sendStaffMessage, streamConsole, takeOver } from "./index";
import type { ConsoleEvent } from "./schema";
import { closeAll, newCustomer, newLead, readConversation } from "./store-for-tests";
import { emptyTheHouse } from "./store-people-for-tests";
import { QUICK, Reader } from "./store-reader-for-tests";

afterAll(closeAll);
beforeEach(emptyTheHouse);

const say = (staff: StaffCaller, conversationId: string, text = "Hello, Mara here.") =>
  sendStaffMessage(staff, { id: newId(), conversationId, text });

test("each side sees the other write, never itself, and nothing of it is kept", async () => {
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  await takeOver(mara, conversation);
  const before = await readConversation(conversation);
  const [customer, lead] = [new Reader(ada, conversation), new Reader(mara, conversation)];
  await Promise.all([customer.step(), lead.step()]);
  await noteTyping(ada, conversation);
  await lead.until(({ typing }) => typing?.by === "customer");
  await noteTyping(mara, conversation);
  await customer.until(({ typing }) => typing?.by === "staff");
  expect(customer.events.filter(({ type }) => type === "typing")).toEqual([
    { type: "typing", by: "staff" },
  ]);
  await say(mara, conversation);
  await customer.until(
    ({ typing, messages }) => typing === null && messages.at(-1)?.role === "staff",
  );
  expect({ ...(await readConversation(conversation)), lastMessageAt: null }).toMatchObject({
    generation: before.generation,
    owner: before.owner,
  });
  await Promise.all([customer.leave(), lead.leave()]);
});

test("nobody hears a lead write who does not own the conversation, nor a customer whom the AI answers", async () => {
  const { ada, conversation } = await begin();
  const [mara, olu] = [await newLead(), await newLead()];
  const lead = new Reader(mara, conversation);
  await lead.step();
  await noteTyping(ada, conversation);
  await takeOver(mara, conversation);
  await expect(noteTyping(await newCustomer(), conversation)).rejects.toMatchObject({
    code: "not_found",
  });
  const customer = new Reader(ada, conversation);
  await customer.step();
  await noteTyping(olu, conversation);
  await say(mara, conversation, "the end");
  const end = ({ messages }: { messages: { text: string }[] }) =>
    messages.at(-1)?.text === "the end";
  await Promise.all([customer.until(end), lead.until(end)]);
  const heard = [...customer.events, ...lead.events].filter(({ type }) => type === "typing");
  expect(heard).toEqual([]);
  await Promise.all([customer.leave(), lead.leave()]);
});

test("each side sees live what the other has read", async () => {
  const { ada, conversation } = await beginToWait();
  const mara = await newLead();
  await takeOver(mara, conversation);
  const sent = await say(mara, conversation);
  const [customer, lead] = [new Reader(ada, conversation), new Reader(mara, conversation)];
  await Promise.all([customer.step(), lead.step()]);
  expect(lead.state.conversation?.people.seenSeq).toBeLessThan(sent.seq);
  await markRead(ada, conversation, sent.seq);
  await lead.until(({ conversation: shown }) => shown?.people.seenSeq === sent.seq);
  const { message } = await send(ada, conversation, "thank you");
  await customer.until(({ messages }) => messages.at(-1)?.id === message.id);
  expect(customer.state.conversation?.people.seenSeq).toBeLessThan(message.seq);
  await markRead(mara, conversation, message.seq);
  await customer.until(({ conversation: shown }) => shown?.people.seenSeq === message.seq);
  await Promise.all([customer.leave(), lead.leave()]);
});

test("a console is told by name what calls its lead: who waits, and new messages in their own conversations", async () => {
  const mara = await newLead();
  const own = await begin();
  await takeOver(mara, own.conversation);
  await markRead(mara, own.conversation, 99);
  const left = new AbortController();
  const console = streamConsole(mara, undefined, left.signal, QUICK);
  const heard: ConsoleEvent[] = [];
  const calls = () =>
    heard.findLast((event) => event.type === "calls")?.calls ?? { waiting: [], messages: [] };
  const reading = (async () => {
    for await (const event of console) {
      heard.push(event);
    }
  })();
  await vi.waitFor(() => expect(heard.some(({ type }) => type === "calls")).toBe(true));
  expect(calls()).toEqual({ waiting: [], messages: [] });
  const { message } = await send(own.ada, own.conversation, "are you there?");
  const waiting = await beginToWait();
  const both = {
    waiting: [waiting.conversation],
    messages: [`${own.conversation}:${message.seq}`],
  };
  await vi.waitFor(() => expect(calls()).toEqual(both), { timeout: 10_000 });
  expect(JSON.stringify(heard)).not.toContain("are you there?");
  left.abort();
  await reading;
});
