import { afterAll, expect, test, vi } from "vitest";
import type { StaffCaller } from "@/lib/auth/schema";
import { begin, send } from "./for-tests";
import {
  claimTurn,
  commitTurn,
  countInbox,
  findOwnConversation,
  forgetMessages,
  listInbox,
  listOwnConversations,
  markRead,
  rateMessage,
  requestPerson,
  since,
  takeOver,
} from "./index";
import type { InboxFilter, InboxRow } from "./schema";
import {
  closeAll,
  makeConversations,
  newCustomer,
  newLead,
  passTime,
  readConversation,
  said,
  setCustomer,
} from "./store-for-tests";

afterAll(closeAll);

async function answered() {
  const { ada, conversation } = await begin();
  const { turnId } = await send(ada, conversation, "and?");
  const turn = await claimTurn("runner", turnId ?? undefined);
  const text = said("Like this.");
  const committed = turn && (await commitTurn(turn, { text, meta: {}, tokens: 3 }));
  return { ada, conversation, answerId: committed?.message?.id ?? "" };
}

/** Every row of a filter, page by page: other tests' conversations are among them. */
async function walk(staff: StaffCaller, filter: InboxFilter): Promise<InboxRow[]> {
  const rows: InboxRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listInbox>> = await listInbox(staff, { filter, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return rows;
}

test("those who wait longest come first, then the unread, then the latest", async () => {
  const mara = await newLead();
  const [latest, older, unread, waiting, longest] = [
    await begin(),
    await begin(),
    await begin(),
    await begin(),
    await begin(),
  ];
  for (const { ada, conversation } of [waiting, longest]) {
    await requestPerson(ada, conversation, "customer_asked");
  }
  await passTime(longest.conversation, 3);
  await passTime(older.conversation, 2);
  for (const { conversation } of [latest, older]) {
    await markRead(mara, conversation, 1);
  }
  const rows = await walk(mara, "all");
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const mine = [longest, waiting, unread, latest, older].map(({ conversation }) => conversation);
  expect(ids.filter((id) => mine.includes(id))).toEqual(mine);
});

test("each filter holds what it says, and the counts agree with the rows", async () => {
  const mara = await newLead();
  const [waiting, owned, rated, plain] = [
    await begin(),
    await begin(),
    await answered(),
    await begin(),
  ];
  await requestPerson(waiting.ada, waiting.conversation, "customer_asked");
  await takeOver(mara, owned.conversation);
  await rateMessage(rated.ada, rated.answerId, -1);
  const idsOf = async (filter: InboxFilter) => (await walk(mara, filter)).map(({ id }) => id);
  expect(await idsOf("mine")).toEqual([owned.conversation]);
  expect(await idsOf("waiting")).toContain(waiting.conversation);
  expect(await idsOf("thumbs_down")).toContain(rated.conversation);
  const unassigned = await idsOf("unassigned");
  expect(unassigned).toEqual(expect.arrayContaining([waiting.conversation, plain.conversation]));
  expect(unassigned).not.toContain(owned.conversation);
  expect(await countInbox(mara)).toMatchObject({ mine: 1 });
});

test("a page that was asked for with somebody's invented cursor is refused", async () => {
  await expect(listInbox(await newLead(), { cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({
    code: "input_invalid",
  });
});

test("a customer being erased is in nobody's inbox any more", async () => {
  const { ada, conversation } = await begin();
  await setCustomer(ada.id, { state: "erasing" });
  const rows = await walk(await newLead(), "all");
  expect(rows.map(({ id }) => id)).not.toContain(conversation);
});

test("a customer pages through their own conversations, newest first, and through nobody else's", async () => {
  const ada = await newCustomer();
  const made = await makeConversations(ada, 22);
  const first = await listOwnConversations(ada);
  const second = await listOwnConversations(ada, first.next);
  expect(first.rows.map(({ id }) => id)).toEqual(made.slice(0, 20));
  expect(second.rows.map(({ id }) => id)).toEqual(made.slice(20));
  expect(second.next).toBeNull();
  const eve = await newCustomer();
  expect(await listOwnConversations(eve)).toEqual({ rows: [], next: null });
  expect((await listOwnConversations(eve, first.next)).rows).toEqual([]);
});

test("a thumb counts once, can be turned and taken back, and only under one's own answers", async () => {
  const { ada, conversation, answerId } = await answered();
  await rateMessage(ada, answerId, -1);
  await rateMessage(ada, answerId, -1);
  expect(await readConversation(conversation)).toMatchObject({ thumbsDown: 1 });
  await rateMessage(ada, answerId, 1);
  expect(await readConversation(conversation)).toMatchObject({ thumbsDown: 0 });
  const own = await findOwnConversation(ada, conversation);
  expect(own?.messages.at(-1)).toMatchObject({ id: answerId, rating: 1 });
  await rateMessage(ada, answerId, 0);
  const eve = await newCustomer();
  await expect(rateMessage(eve, answerId, -1)).rejects.toMatchObject({ code: "not_found" });
  const question = own?.messages[0]?.id ?? "";
  await expect(rateMessage(ada, question, 1)).rejects.toMatchObject({ code: "not_found" });
});

test("a forgotten message leaves the record that the agent reads; another customer cannot forget it", async () => {
  const { ada, conversation } = await begin();
  const { message } = await send(ada, conversation, "I live in Ulm");
  const which = { conversationId: conversation, messageIds: [message.id] };
  const derived = vi.fn(() => Promise.resolve());
  const eve = await newCustomer();
  await expect(forgetMessages(eve, which, derived)).rejects.toMatchObject({ code: "not_found" });
  expect(derived).not.toHaveBeenCalled();
  expect(await since(conversation, ada, 0)).toHaveLength(2);
  expect(await forgetMessages(ada, which, derived)).toBe(1);
  expect(await forgetMessages(ada, which, derived)).toBe(0);
  expect((await since(conversation, ada, 0)).map(({ text }) => text)).toEqual(["hello"]);
  const own = await findOwnConversation(ada, conversation);
  expect(own?.conversation.title).toBe("hello");
  expect(own?.messages.at(-1)).toMatchObject({ text: "I live in Ulm", forgotten: true });
});

test("what is derived from a message is forgotten with it, or neither is", async () => {
  const { ada, conversation } = await begin();
  const all = { conversationId: conversation, messageIds: null };
  const broken = () => Promise.reject(new Error("the memory is away"));
  await expect(forgetMessages(ada, all, broken)).rejects.toThrow("away");
  expect(await since(conversation, ada, 0)).toHaveLength(1);
  await forgetMessages(ada, all, () => Promise.resolve());
  expect(await since(conversation, ada, 0)).toEqual([]);
  expect((await findOwnConversation(ada, conversation))?.conversation.title).toBeNull();
});

test("an answer is unread until the customer has seen it, and another customer cannot mark it", async () => {
  const { ada, conversation } = await answered();
  const isUnread = async () => (await findOwnConversation(ada, conversation))?.conversation.unread;
  expect(await isUnread()).toBe(true);
  await markRead(await newCustomer(), conversation, 3);
  expect(await isUnread()).toBe(true);
  await markRead(ada, conversation, 3);
  await markRead(ada, conversation, 1);
  expect(await isUnread()).toBe(false);
});
