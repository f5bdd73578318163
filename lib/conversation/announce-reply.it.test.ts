import { afterAll, expect, test } from "vitest";
import type { CustomerCaller, StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { begin, send } from "./for-tests";
import {
  announceReply,
  findForStaff,
  findOwnConversation,
  findReplyLink,
  leaveAddress,
  markRead,
  redeemReplyLink,
  removeAddress,
  removeServed,
  requestPerson,
  sendStaffMessage,
  solve,
  takeOver,
} from "./index";
import { closeAll, newCustomer, newLead, setCustomer } from "./store-for-tests";
import { ageLinks, makeRegistered, readReplyRows, settleDaysAgo } from "./store-people-for-tests";

afterAll(closeAll);

const ADDRESS = "ada@example.com";

/** A customer who waited, left an address and went away; then a lead came and answered. */
async function answeredLater() {
  const { ada, conversation } = await begin();
  await requestPerson(ada, conversation, "customer_asked");
  await leaveAddress(ada, conversation, ADDRESS);
  await markRead(ada, conversation, 99);
  const mara = await newLead();
  await takeOver(mara, conversation);
  const said = await say(mara, conversation);
  return { ada, conversation, mara, said, post: mailbox() };
}

const say = (staff: StaffCaller, conversationId: string) =>
  sendStaffMessage(staff, { id: newId(), conversationId, text: "It is on its way." });

function mailbox() {
  const sent: { to: string; path: string }[] = [];
  const post = (to: string, path: string) => {
    sent.push({ to, path });
    return Promise.resolve("sent" as const);
  };
  return Object.assign(post, { sent, token: () => sent.at(-1)?.path.split("/").at(-1) ?? "" });
}

const addressOf = async (caller: CustomerCaller, id: string) =>
  (await findOwnConversation(caller, id))?.conversation.people.address;

test("an address is kept sealed, shown to its customer and to the lead who owns the conversation, and to nobody else", async () => {
  const { ada, conversation, mara } = await answeredLater();
  expect((await readReplyRows(conversation)).raw).not.toContain("ada@");
  expect(await addressOf(ada, conversation)).toBe(ADDRESS);
  const own = await findForStaff(mara, conversation);
  expect(own?.conversation).toMatchObject({ addressLeft: true, people: { address: ADDRESS } });
  const foreign = await findForStaff(await newLead(), conversation);
  expect(foreign?.conversation).toMatchObject({ addressLeft: true, people: { address: null } });
});

test("another customer can neither leave an address in it nor remove the one that is there", async () => {
  const { ada, conversation } = await answeredLater();
  const eve = await newCustomer();
  const refused = { code: "not_found" };
  await expect(leaveAddress(eve, conversation, "eve@example.com")).rejects.toMatchObject(refused);
  await expect(removeAddress(eve, conversation)).rejects.toMatchObject(refused);
  expect(await addressOf(ada, conversation)).toBe(ADDRESS);
  await leaveAddress(ada, conversation, "lovelace@example.com");
  expect(await addressOf(ada, conversation)).toBe("lovelace@example.com");
});

test("while the AI answers, no address is asked for", async () => {
  const { ada, conversation } = await begin();
  await expect(leaveAddress(ada, conversation, ADDRESS)).rejects.toMatchObject({
    code: "conversation_stale",
  });
});

test("a customer who is not looking gets one mail a pause, and another only after they came back", async () => {
  const { ada, conversation, mara, post } = await answeredLater();
  await announceReply(conversation, post);
  expect(post.sent).toEqual([{ to: ADDRESS, path: expect.stringMatching(/^\/reply\/[\w-]{43}$/) }]);
  await say(mara, conversation);
  await announceReply(conversation, post);
  expect(post.sent).toHaveLength(1);
  await send(ada, conversation, "thank you");
  const third = await say(mara, conversation);
  await announceReply(conversation, post);
  expect(post.sent).toHaveLength(2);
  await markRead(ada, conversation, third.seq);
  await announceReply(conversation, post);
  expect(post.sent).toHaveLength(2);
});

test("who has read the answer meanwhile, or removed the address, gets none", async () => {
  const reading = await answeredLater();
  await markRead(reading.ada, reading.conversation, reading.said.seq);
  await announceReply(reading.conversation, reading.post);
  const removed = await answeredLater();
  await removeAddress(removed.ada, removed.conversation);
  await announceReply(removed.conversation, removed.post);
  expect([...reading.post.sent, ...removed.post.sent]).toEqual([]);
});

test("a mail that could not be sent is due again, and its link opens nothing", async () => {
  const { conversation, post } = await answeredLater();
  const broken = (to: string, path: string) => {
    void post(to, path);
    return Promise.reject(new Error("out of order"));
  };
  await expect(announceReply(conversation, broken)).rejects.toThrow("out of order");
  expect(await findReplyLink(post.token())).toBeNull();
  await announceReply(conversation, post);
  expect(post.sent).toHaveLength(2);
  expect(await findReplyLink(post.token())).toMatchObject({ conversationId: conversation });
});

test("an address that nobody reads is not tried again in this pause", async () => {
  const { conversation, post } = await answeredLater();
  await announceReply(conversation, () => Promise.resolve("refused"));
  await announceReply(conversation, post);
  expect(post.sent).toEqual([]);
});

test("two workers send one mail, and one who died over it is followed later", async () => {
  const { conversation, post } = await answeredLater();
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const first = announceReply(conversation, async (to, path) => {
    begun();
    await slow;
    return await post(to, path);
  });
  await started;
  await expect(announceReply(conversation, post)).rejects.toMatchObject({ name: "BeingSent" });
  finish();
  await first;
  await announceReply(conversation, post);
  expect(post.sent).toHaveLength(1);

  const died = await answeredLater();
  void announceReply(died.conversation, () => new Promise(() => undefined));
  await expect.poll(async () => (await readReplyRows(died.conversation)).links.length).toBe(1);
  await ageLinks(died.conversation, 1);
  await announceReply(died.conversation, died.post);
  expect(died.post.sent).toHaveLength(1);
});

test("a link opens one conversation, for its guest, once", async () => {
  const { ada, conversation, post } = await answeredLater();
  await announceReply(conversation, post);
  const token = post.token();
  expect((await readReplyRows(conversation)).raw).not.toContain(token);
  expect(await findReplyLink(token)).toMatchObject({ usable: true, registered: false });
  const opened = await Promise.allSettled([redeemReplyLink(token), redeemReplyLink(token)]);
  expect(opened.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const [used] = opened.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(used).toMatchObject({ customerId: ada.id, conversationId: conversation });
  expect(await findReplyLink(token)).toMatchObject({ usable: false });
});

test.each([
  ["a made-up link", async () => undefined],
  ["one that was taken back", (c: string, ada: CustomerCaller) => removeAddress(ada, c)],
  ["one of last week", (c: string) => ageLinks(c, 8)],
  [
    "one of somebody who has an account",
    (_: string, ada: CustomerCaller) => makeRegistered(ada.id),
  ],
  [
    "one of somebody who is being erased",
    (_: string, ada: CustomerCaller) => setCustomer(ada.id, { state: "erasing" }),
  ],
])("%s opens nothing", async (which, happen) => {
  const { ada, conversation, post } = await answeredLater();
  await announceReply(conversation, post);
  await happen(conversation, ada);
  const token = which === "a made-up link" ? "A".repeat(43) : post.token();
  await expect(redeemReplyLink(token)).rejects.toMatchObject({ code: "link_used" });
});

test("an address goes a week after the matter is settled, and links when they have expired", async () => {
  const [old, fresh] = [await answeredLater(), await answeredLater()];
  for (const { conversation, mara, post } of [old, fresh]) {
    await announceReply(conversation, post);
    await solve(mara, conversation);
  }
  await settleDaysAgo(old.conversation, 8);
  await ageLinks(old.conversation, 8);
  await removeServed();
  const counts = async ({ conversation }: { conversation: string }) => {
    const { addresses, links } = await readReplyRows(conversation);
    return [addresses.length, links.length];
  };
  expect([await counts(old), await counts(fresh)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
});
