import { afterAll, expect, test } from "vitest";
import { giveConsent } from "@/lib/customer";
import { newId } from "@/lib/id";
import { answer, begin, claim, send } from "./for-tests";
import {
  addNote,
  commitTurn,
  countForCustomer,
  findForStaff,
  revealValues,
  startAnswer,
} from "./index";
import { closeAll, newCustomer, newLead, readActs } from "./store-for-tests";

afterAll(closeAll);

test("a lead reads placeholders until they give a reason, and the reason is written down", async () => {
  const mara = await newLead();
  const { conversation } = await begin("Write to ada@example.com");
  const before = await findForStaff(mara, conversation);
  expect(before?.messages[0]?.text).toBe("Write to [EMAIL_1]");
  expect(await readActs(mara.id)).toEqual([]);

  const [message] = await revealValues(mara, conversation, "check_complaint");
  expect(message?.text).toBe("Write to ada@example.com");
  expect(await readActs(mara.id)).toEqual(["values_revealed"]);

  const after = await findForStaff(mara, conversation);
  expect(after?.messages[0]?.text).toBe("Write to [EMAIL_1]");
});

test("nothing is revealed, and nothing written down, of a conversation that is not there", async () => {
  const mara = await newLead();
  await expect(revealValues(mara, newId(), "safety")).rejects.toMatchObject({ code: "not_found" });
  expect(await readActs(mara.id)).toEqual([]);
});

test("a customer's figures count what was said in all of their conversations, and no notes", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  await commitTurn(turn, answer("Hello Ada."));
  await send(ada, newId(), "Something else");
  await addNote(await newLead(), { id: newId(), conversationId: conversation, text: "Be kind." });
  await giveConsent(ada.id, { memory: false, analytics: true });
  expect(await countForCustomer(ada.id)).toMatchObject({
    totalConversations: 2,
    totalMessages: 3,
    avgMessagesPerConversation: 1.5,
    lastInteraction: expect.stringMatching(/^\d{4}-/),
  });
});

test("a customer who has not agreed to be counted, or not any more, is not", async () => {
  const { ada } = await begin();
  expect(await countForCustomer(ada.id)).toBeNull();
  await giveConsent(ada.id, { memory: true });
  expect(await countForCustomer(ada.id)).toBeNull();
  await giveConsent(ada.id, { memory: false, analytics: true });
  expect(await countForCustomer(ada.id)).toMatchObject({ totalConversations: 1 });
  await giveConsent(ada.id, { memory: true, analytics: false });
  expect(await countForCustomer(ada.id)).toBeNull();
});

test("a customer who never wrote has zeros and no last interaction", async () => {
  const { id } = await newCustomer();
  await giveConsent(id, { memory: false, analytics: true });
  expect(await countForCustomer(id)).toEqual({
    totalConversations: 0,
    avgMessagesPerConversation: 0,
    lastInteraction: null,
    totalMessages: 0,
  });
});
