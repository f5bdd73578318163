import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { answer, claim, send, begin as start } from "./for-tests";
import {
  addNote,
  assign,
  checkpointTurn,
  closeSilent,
  commitTurn,
  findForStaff,
  findOwnConversation,
  handBack,
  heartbeatTurn,
  reopen,
  requestPerson,
  returnToQueue,
  sendStaffMessage,
  since,
  solve,
  startAnswer,
  takeOver,
} from "./index";
import {
  closeAll,
  newCustomer,
  newLead,
  passTime,
  readActs,
  readConversation,
  readHandOffs,
  readRecord,
  readTurns,
  said,
} from "./store-for-tests";

afterAll(closeAll);

async function begin(text = "My e-mail is ada@example.com, where is my order?") {
  return { ...(await start(text)), mara: await newLead("Mara"), olu: await newLead("Olu") };
}

test("taking over in mid-answer keeps what was said, and the AI writes nothing after the boundary", async () => {
  const { ada, conversation, turnId, mara } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  await send(ada, conversation, "hello?");
  await checkpointTurn(turn, said("Your order is"));
  await takeOver(mara, conversation);

  expect(await heartbeatTurn(turn)).toMatchObject({ held: false });
  expect(await checkpointTurn(turn, said("Your order is on"))).toMatchObject({ held: false });
  expect(await commitTurn(turn, answer("Your order is on its way."))).toEqual({ stored: false });
  await send(ada, conversation, "is somebody there?");
  expect((await readTurns(conversation)).map(({ state }) => state)).toEqual([
    "interrupted",
    "cancelled",
  ]);
  expect(await readRecord(ada, conversation)).toMatchObject([
    { seq: 1, role: "customer" },
    { seq: 2, role: "assistant", state: "interrupted", text: "Your order is" },
    { seq: 3, role: "customer" },
    { seq: 4, role: "boundary" },
    { seq: 5, role: "customer" },
  ]);
  expect(await readConversation(conversation)).toMatchObject({
    owner: "HUMAN",
    status: "with_person",
    assigneeId: mara.id,
    boundarySeq: 4,
  });
});

test("whichever of take-over and answer comes first, nothing of the AI follows the boundary", async () => {
  for (let round = 0; round < 8; round += 1) {
    const { ada, conversation, turnId, mara } = await begin("hello");
    const turn = await claim(turnId);
    await startAnswer(turn);
    await Promise.all([commitTurn(turn, answer("hi")), takeOver(mara, conversation)]);
    const roles = (await readRecord(ada, conversation)).map(({ role }) => role);
    expect(roles.lastIndexOf("assistant")).toBeLessThan(roles.indexOf("boundary"));
  }
});

test("a customer who asks for a person waits, and the AI is silent from then on", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await requestPerson(ada, conversation, "customer_asked");
  await requestPerson(ada, conversation, "customer_asked");
  expect(await commitTurn(turn, answer("wait"))).toEqual({ stored: false });
  expect((await send(ada, conversation, "please hurry")).turnId).toBeNull();
  expect(await readHandOffs(conversation)).toMatchObject([
    { state: "waiting", reason: "customer_asked" },
  ]);
  const roles = (await readRecord(ada, conversation)).map(({ role }) => role);
  expect(roles).toEqual(["customer", "event", "customer"]);
});

test("another customer cannot ask for a person in it, nor read it", async () => {
  const { conversation, ada } = await begin();
  const eve = await newCustomer();
  await expect(requestPerson(eve, conversation, "customer_asked")).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await findOwnConversation(eve, conversation)).toBeNull();
  expect(await findOwnConversation(ada, conversation)).toMatchObject({
    conversation: { status: "open" },
  });
});

test("a lead takes over, answers and hands back; then the AI answers again", async () => {
  const { ada, conversation, mara } = await begin();
  await requestPerson(ada, conversation, "customer_asked");
  await takeOver(mara, conversation);
  const message = { id: newId(), conversationId: conversation, text: "I wrote to ada@example.com" };
  const sent = await sendStaffMessage(mara, message);
  expect(await sendStaffMessage(mara, message)).toEqual(sent);
  await expect(sendStaffMessage(mara, { ...message, text: "other" })).rejects.toMatchObject({
    code: "message_id_reused",
  });
  expect(sent).toMatchObject({ role: "staff", authorName: "Mara", text: message.text });
  await handBack(mara, conversation);
  expect(await readHandOffs(conversation)).toMatchObject([
    { state: "returned", takenById: mara.id },
  ]);
  const next = await claim((await send(ada, conversation, "thanks")).turnId);
  expect(next.boundarySeq).toBe(5);
  expect(await commitTurn(next, answer("You are welcome."))).toMatchObject({ stored: true });
  expect(await readActs(mara.id)).toEqual([
    "conversation_taken_over",
    "values_revealed",
    "conversation_handed_back",
  ]);
});

test("only the owning lead sees the customer's values; a colleague reads placeholders", async () => {
  const { ada, conversation, mara, olu } = await begin();
  await takeOver(mara, conversation);
  const own = await findForStaff(mara, conversation);
  expect(own).toMatchObject({ restored: true });
  expect(own?.messages[0]?.text).toContain("ada@example.com");
  expect(own?.conversation.title).toContain("ada@example.com");
  const foreign = await findForStaff(olu, conversation);
  expect(foreign).toMatchObject({ restored: false });
  expect(JSON.stringify(foreign)).not.toContain("ada@example.com");
  expect((await findOwnConversation(ada, conversation))?.messages[0]?.text).toContain(
    "ada@example.com",
  );
});

test("a lead cannot answer, hand back or solve what a colleague owns, but can take it over", async () => {
  const { conversation, mara, olu } = await begin();
  await takeOver(mara, conversation);
  const refused = { code: "conversation_owned" };
  const message = { id: newId(), conversationId: conversation, text: "hello" };
  await expect(sendStaffMessage(olu, message)).rejects.toMatchObject(refused);
  await expect(handBack(olu, conversation)).rejects.toMatchObject(refused);
  await expect(solve(olu, conversation)).rejects.toMatchObject(refused);
  await takeOver(olu, conversation);
  await sendStaffMessage(olu, message);
  expect(await readHandOffs(conversation)).toMatchObject([
    { state: "returned", takenById: mara.id },
    { state: "taken", takenById: olu.id },
  ]);
});

test("a note is read by leads, never by the customer or the agent", async () => {
  const { ada, conversation, olu } = await begin();
  await addNote(olu, { id: newId(), conversationId: conversation, text: "calls every day" });
  expect((await findForStaff(olu, conversation))?.messages.at(-1)).toMatchObject({
    role: "note",
    text: "calls every day",
    authorName: "Olu",
  });
  expect((await findOwnConversation(ada, conversation))?.messages).toHaveLength(1);
  expect(await since(conversation, ada, 0)).toHaveLength(1);
});

test("assigning moves what a person owns and only marks what the AI answers", async () => {
  const { ada, conversation, mara, olu } = await begin();
  await assign(mara, conversation, olu.id);
  expect(await readConversation(conversation)).toMatchObject({ owner: "AI", assigneeId: olu.id });
  await takeOver(olu, conversation);
  await assign(olu, conversation, mara.id);
  expect((await findForStaff(mara, conversation))?.restored).toBe(true);
  expect(await readActs(mara.id)).toContain("values_revealed");
  await assign(mara, conversation, null);
  expect(await readConversation(conversation)).toMatchObject({ owner: "NONE", status: "waiting" });
  expect((await send(ada, conversation, "hm?")).turnId).toBeNull();
  await expect(assign(mara, conversation, newId())).rejects.toMatchObject({ code: "not_found" });
});

test("a solved conversation is the AI's again, and the customer's next message reopens it", async () => {
  const { ada, conversation, mara } = await begin();
  await takeOver(mara, conversation);
  await solve(mara, conversation);
  expect(await readConversation(conversation)).toMatchObject({ status: "solved", owner: "AI" });
  await reopen(mara, conversation);
  expect(await readConversation(conversation)).toMatchObject({ status: "open", solvedAt: null });
  await solve(mara, conversation);
  expect((await send(ada, conversation, "one more thing")).turnId).not.toBeNull();
  expect(await readConversation(conversation)).toMatchObject({ status: "open", owner: "AI" });
});

test("a deactivated lead's conversations wait for a person again", async () => {
  const { conversation, mara } = await begin();
  await takeOver(mara, conversation);
  expect(await returnToQueue(mara.id)).toBe(1);
  expect(await readConversation(conversation)).toMatchObject({
    owner: "NONE",
    status: "waiting",
    assigneeId: null,
  });
  expect((await readHandOffs(conversation)).map(({ state }) => state)).toEqual([
    "returned",
    "waiting",
  ]);
});

test("24 hours of silence close a conversation, unless somebody waits for a person or an answer", async () => {
  const silent = await begin();
  await commitTurn(await claim(silent.turnId), answer("There."));
  const waiting = await begin();
  await requestPerson(waiting.ada, waiting.conversation, "customer_asked");
  const owned = await begin();
  await takeOver(owned.mara, owned.conversation);
  const unanswered = await begin();
  for (const { conversation } of [silent, waiting, owned, unanswered]) {
    await passTime(conversation, 25);
  }
  await closeSilent();
  const states = await Promise.all(
    [silent, waiting, owned, unanswered].map(({ conversation }) => readConversation(conversation)),
  );
  expect(states.map(({ status }) => status)).toEqual(["solved", "waiting", "solved", "open"]);
  expect(states[2]).toMatchObject({ owner: "AI", assigneeId: null });
});
