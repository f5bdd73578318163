import { afterAll, expect, test } from "vitest";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { claim, send } from "./for-tests";
import { acceptMessage, claimTurn, since, startAnswer } from "./index";
import type { ClaimedTurn } from "./schema";
import {
  closeAll,
  newCustomer,
  passTime,
  readBytes,
  readConversation,
  readRecord,
  readSearch,
  readTurns,
  setCustomer,
} from "./store-for-tests";

afterAll(closeAll);

test("a first message makes the conversation and one pending turn", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const accepted = await send(ada, conversation, "Where is my order 12345?");
  expect(accepted).toMatchObject({ conversationId: conversation, created: true });
  expect(accepted.message).toMatchObject({
    seq: 1,
    role: "customer",
    text: "Where is my order 12345?",
  });
  expect(await readTurns(conversation)).toMatchObject([
    { id: accepted.turnId, state: "pending", throughSeq: 1 },
  ]);
});

test("sending the same message twice stores it once and answers the same", async () => {
  const ada = await newCustomer();
  const [conversation, id] = [newId(), newId()];
  const first = await send(ada, conversation, "hello", id);
  const again = await send(ada, conversation, "hello", id);
  expect(again).toEqual({ ...first, created: false });
  expect(await readRecord(ada, conversation)).toHaveLength(1);
});

test("a double click that sends twice at once stores one message", async () => {
  const ada = await newCustomer();
  const [conversation, id] = [newId(), newId()];
  const both = await Promise.all([
    send(ada, conversation, "hello", id),
    send(ada, conversation, "hello", id),
  ]);
  expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
  expect(await readRecord(ada, conversation)).toHaveLength(1);
});

test("the same id with another text is refused", async () => {
  const ada = await newCustomer();
  const [conversation, id] = [newId(), newId()];
  await send(ada, conversation, "hello", id);
  await expect(send(ada, conversation, "goodbye", id)).rejects.toMatchObject({
    code: "message_id_reused",
  });
  await expect(send(ada, newId(), "hello", id)).rejects.toMatchObject({
    code: "message_id_reused",
  });
});

test("another customer cannot write into the conversation, nor learn that it is there", async () => {
  const [ada, eve] = [await newCustomer(), await newCustomer()];
  const [conversation, id] = [newId(), newId()];
  await send(ada, conversation, "hello", id);
  await expect(send(eve, conversation, "hi")).rejects.toMatchObject({ code: "not_found" });
  await expect(send(eve, newId(), "hello", id)).rejects.toMatchObject({ code: "not_found" });
  expect(await readRecord(ada, conversation)).toHaveLength(1);
  await send(ada, conversation, "still mine");
  expect(await readRecord(ada, conversation)).toHaveLength(2);
});

test("another customer reads nothing of the record", async () => {
  const [ada, eve] = [await newCustomer(), await newCustomer()];
  const conversation = newId();
  await send(ada, conversation, "hello");
  expect(await since(conversation, eve, 0)).toEqual([]);
  expect(await since(conversation, ada, 0)).toMatchObject([
    { seq: 1, text: "hello", speaker: "Customer" },
  ]);
});

test("twenty messages sent at once get twenty seqs and one turn", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  await Promise.all(Array.from({ length: 20 }, (_, n) => send(ada, conversation, `message ${n}`)));
  const record = await readRecord(ada, conversation);
  expect(record.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  expect(await readTurns(conversation)).toMatchObject([{ state: "pending", throughSeq: 20 }]);
  await expect(send(ada, conversation, "and one more")).rejects.toMatchObject({
    code: "rate_limited",
  });
});

test("a burst joins the running turn until its answer begins, at most twice; the rest is one next turn", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const first = await send(ada, conversation, "hello");
  const turn = await claim(first.turnId);
  expect(turn).toMatchObject({ id: first.turnId, throughSeq: 1, attempt: 1, lastSeq: 1 });
  const burst = [await send(ada, conversation, "are you"), await send(ada, conversation, "there?")];
  expect(burst.map(({ turnId }) => turnId)).toEqual([first.turnId, first.turnId]);
  const third = await send(ada, conversation, "third");
  expect(third.turnId).not.toBe(first.turnId);
  expect((await send(ada, conversation, "fourth")).turnId).toBe(third.turnId);
  expect(await startAnswer(turn)).toMatchObject({ begun: false, throughSeq: 3 });
  expect(await startAnswer(turn, 3)).toMatchObject({ begun: true, answerSeq: 6 });
  expect(await readTurns(conversation)).toHaveLength(2);
});

test("a message after the answer began waits for the next turn", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const first = await send(ada, conversation, "hello");
  const turn = await claim(first.turnId);
  await startAnswer(turn);
  expect((await send(ada, conversation, "one more thing")).turnId).not.toBe(first.turnId);
});

test("what the customer wrote is stored nowhere in clear, and their e-mail only as a placeholder", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const { message } = await send(ada, conversation, "Zebrastreifen, write to ada@example.com");
  expect(message.text).toBe("Zebrastreifen, write to ada@example.com");
  const [stored] = await readRecord(ada, conversation);
  expect(stored?.text).toBe("Zebrastreifen, write to [EMAIL_1]");
  expect(await readBytes(conversation)).not.toMatch(/Zebra|ada@/);
});

test("a message can be searched, by words that nobody can read", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const { message } = await send(ada, conversation, "My tent leaks");
  await send(ada, conversation, "still leaking");
  const [first, second] = await readSearch(conversation);
  expect(first?.id).toBe(message.id);
  expect(first?.words).not.toMatch(/tent|leak/);
  const words = (row: typeof first): string[] => row?.words.match(/[0-9a-f]{16}/g) ?? [];
  expect(words(first).filter((word) => words(second).includes(word))).toHaveLength(1);
});

test.each([
  ["nothing", "", "message_empty"],
  ["only white space and NUL", " \n\u0000\t", "message_empty"],
  ["over 8,000 characters", "x".repeat(8001), "message_too_long"],
])("%s is refused", async (_, text, code) => {
  const ada = await newCustomer();
  await expect(send(ada, newId(), text)).rejects.toMatchObject({ code });
});

test.each([
  ["8,000 characters", "x".repeat(8000), "x".repeat(8000)],
  ["a NUL byte", "a\u0000b", "ab"],
  ["half an emoji", "a\ud83db", "a\ufffdb"],
  ["an emoji, Arabic and markup", "👩‍🚀 مرحبا <script>", "👩‍🚀 مرحبا <script>"],
])("%s is taken in as it should be", async (_, text, kept) => {
  const ada = await newCustomer();
  const conversation = newId();
  await send(ada, conversation, text);
  expect(await readRecord(ada, conversation)).toMatchObject([{ text: kept }]);
});

test("a message within seven days goes on with the conversation, a later one is told to begin anew", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  await send(ada, conversation, "hello");
  await passTime(conversation, 6 * 24);
  await send(ada, conversation, "me again");
  expect(await readConversation(conversation)).toMatchObject({ status: "open", lastSeq: 2 });
  await passTime(conversation, 8 * 24);
  await expect(send(ada, conversation, "too late")).rejects.toMatchObject({
    code: "conversation_closed",
  });
});

test("a customer under restriction is told so, one being erased is as if absent", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  await send(ada, conversation, "hello");
  await setCustomer(ada.id, { state: "restricted" });
  await expect(send(ada, conversation, "x")).rejects.toMatchObject({
    code: "processing_restricted",
  });
  await setCustomer(ada.id, { state: "erasing" });
  await expect(send(ada, conversation, "x")).rejects.toMatchObject({ code: "not_found" });
});

/** One who answers, and what was handed to them. */
function answerer(runnerId: string | null = "here") {
  const given: (ClaimedTurn | string)[] = [];
  return {
    given,
    answerer: {
      runnerId,
      begin: (turn: ClaimedTurn) => void given.push(turn),
      answer: (turnId: string) => void given.push(turnId),
    },
  };
}

const question = (conversationId: string) => ({ id: newId(), conversationId, text: "hello" });

test("whoever is free to answer has the turn with the message, just as if they had claimed it", async () => {
  const ada = await newCustomer();
  const { given, answerer: here } = answerer();
  const { turnId, message } = await acceptMessage(ada, question(newId()), { answerer: here });
  const [turn] = given as [ClaimedTurn];
  expect(turn.id).toBe(turnId);
  expect(await claimTurn("other", turn.id)).toBeNull();
  const said = await since(turn.conversationId, ada, 0);
  expect(turn.stored).toEqual({ after: 0, messages: said });
  expect(said).toMatchObject([{ id: message.id, seq: 1 }]);

  const accepted = await send(ada, newId(), "hello");
  const claimed = await claim(accepted.turnId, "here");
  const { id, conversationId } = claimed;
  const { stored: _, ...same } = { ...turn, id, conversationId };
  expect(same).toEqual(claimed);
  const rows = await Promise.all([turn, claimed].map((each) => readTurns(each.conversationId)));
  const [one, other] = rows.flat();
  const alike = ["state", "runnerId", "attempts", "generation", "throughSeq", "checkpointOffset"];
  for (const name of alike as (keyof NonNullable<typeof one>)[]) {
    expect([name, one?.[name]]).toEqual([name, other?.[name]]);
  }
  expect((await readConversation(turn.conversationId)).generation).toBe(turn.generation);
  expect(await startAnswer(turn)).toMatchObject({ held: true, begun: true, answerSeq: 2 });
});

test("a message that joins a turn or has to wait for one gives nobody a turn", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const { given, answerer: here } = answerer();
  await acceptMessage(ada, question(conversation), { answerer: here });
  const joined = await acceptMessage(ada, question(conversation), { answerer: here });
  const [turn] = given as [ClaimedTurn];
  expect(given[1]).toBe(turn.id);
  expect(joined.turnId).toBe(turn.id);
  await startAnswer(turn, 2);
  const next = await acceptMessage(ada, question(conversation), { answerer: here });
  expect(given[2]).toBe(next.turnId);
  expect((await readTurns(conversation)).map(({ state }) => state)).toEqual(["running", "pending"]);
});

test("without room for it, who answers is told of a turn that waits", async () => {
  const { given, answerer: full } = answerer(null);
  const { turnId } = await acceptMessage(await newCustomer(), question(newId()), {
    answerer: full,
  });
  expect(given).toEqual([turnId]);
  expect(await claimTurn("other", turnId ?? "")).toMatchObject({ id: turnId });
});

test("nothing is stored and nobody answers where it is not allowed", async () => {
  const ada = await newCustomer();
  const conversation = newId();
  const { given, answerer: here } = answerer();
  const allowed = Promise.reject(new Refusal("consent_missing"));
  await expect(
    acceptMessage(ada, question(conversation), { allowed, answerer: here }),
  ).rejects.toMatchObject({ code: "consent_missing" });
  expect([given, await readTurns(conversation)]).toEqual([[], []]);
});
