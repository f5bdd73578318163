import { beforeAll, expect, test } from "vitest";
import {
  confirmProposal,
  declineProposal,
  findForStaff,
  findOwnConversation,
  handBack,
  requestPerson,
  solve,
  sweepProposals,
  switchAnswers,
  takeOver,
} from "@/lib/conversation";
import { newId } from "@/lib/id";
import { seedProducts } from "@/scripts/seed/shop";
import { carryOut } from "./agent/carry-out";
import { lastAnswer, newCaller, say } from "./agent/testing";
import { newLead, readConversation, readRecord, setCustomer } from "./conversation/store-for-tests";
import { ageProposal, readProposal } from "./conversation/store-proposal-for-tests";
import { askToCancel, buyer, finish, onlyProposal } from "./proposal-for-tests";
import { readShop, setOrder } from "./shop/store-for-tests";

beforeAll(seedProducts);

const refused = (code: string) => expect.objectContaining({ code });

test("a customer who asks for a cancellation is shown exactly what would happen, and nothing has happened", async () => {
  const { answer, proposal, number } = await askToCancel();
  expect(answer).toContain("prepared");
  expect(answer).toContain("nothing is cancelled before that");
  expect(proposal).toMatchObject({
    state: "proposed",
    card: { title: `Cancel order ${number}`, confirm: "Cancel the order" },
  });
  expect(JSON.stringify(proposal.card)).toContain("Lowdale");
  expect(proposal.card.consequence).toContain("nothing to pay");
  expect(await readShop(number)).toMatchObject({ status: "packed", effects: [] });
  expect(await sweepProposals(1000)).not.toContain(proposal.id);
  expect(await carryOut(proposal.id, { runnerId: newId() })).toBeNull();
});

test("a confirmed cancellation is carried out once, stock comes back, and the customer is told what was done", async () => {
  const { caller, conversationId, number, proposal } = await askToCancel();
  const { stock } = await readShop(number);
  await confirmProposal(caller, proposal.id);
  await finish(proposal.id);
  expect(await readShop(number)).toMatchObject({
    status: "cancelled",
    effects: [{ id: proposal.id, kind: "cancel_order", reason: "no_longer_needed" }],
    stock: stock + 1,
  });
  expect((await lastAnswer(caller, conversationId)).answer).toContain(`${number} was cancelled`);
  expect(await onlyProposal(caller, conversationId)).toMatchObject({
    state: "done",
    result: expect.stringContaining("was cancelled"),
  });
});

test("a second click, another tab and another process carry it out once", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  const { stock } = await readShop(number);
  await Promise.all([1, 2, 3].map(() => confirmProposal(caller, proposal.id)));
  await Promise.all([finish(proposal.id), finish(proposal.id), finish(proposal.id)]);
  await confirmProposal(caller, proposal.id);
  await finish(proposal.id);
  expect((await readShop(number)).effects).toHaveLength(1);
  expect((await readShop(number)).stock).toBe(stock + 1);
  const told = (await readRecord(caller, conversationId)).filter(({ text }) =>
    text.includes("was cancelled"),
  );
  expect(told.map(({ role }) => role)).toEqual(["tool", "assistant"]);
});

test("another customer can neither confirm nor decline, and the owner still can", async () => {
  const { caller, proposal } = await askToCancel();
  const stranger = await newCaller();
  await expect(confirmProposal(stranger, proposal.id)).rejects.toEqual(refused("not_found"));
  await expect(declineProposal(stranger, proposal.id)).rejects.toEqual(refused("not_found"));
  expect(await confirmProposal(caller, proposal.id)).toMatchObject({ state: "confirmed" });
});

test("what was declined stays undone, also when it is confirmed afterwards from an older tab", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await declineProposal(caller, proposal.id);
  await declineProposal(caller, proposal.id);
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_declined"));
  await finish(proposal.id);
  expect((await readShop(number)).status).toBe("packed");
  expect(await onlyProposal(caller, conversationId)).toMatchObject({
    state: "declined",
    why: "customer",
  });
});

test("what was confirmed can be declined no more", async () => {
  const { caller, proposal } = await askToCancel();
  await confirmProposal(caller, proposal.id);
  await expect(declineProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_confirmed"));
});

test("a proposal expires by the database's clock, before a sweep and after it", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await ageProposal(proposal.id, 30);
  expect((await onlyProposal(caller, conversationId)).state).toBe("expired");
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_expired"));
  await sweepProposals();
  expect((await readProposal(proposal.id)).state).toBe("expired");
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_expired"));
  expect((await readShop(number)).status).toBe("packed");
});

test("a take-over declines what is open and says why; handing back does not open it again", async () => {
  const { caller, conversationId, proposal } = await askToCancel();
  const lead = await newLead();
  await takeOver(lead, conversationId);
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_declined"));
  const seen = await findForStaff(lead, conversationId);
  expect(seen?.proposals).toMatchObject([{ state: "declined", why: "taken_over" }]);
  await handBack(lead, conversationId);
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_declined"));
});

test("what was confirmed before a take-over is carried out, and a line tells it to both instead of the AI", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await confirmProposal(caller, proposal.id);
  await takeOver(await newLead(), conversationId);
  expect(await finish(proposal.id)).toBeNull();
  expect((await readShop(number)).status).toBe("cancelled");
  const record = await readRecord(caller, conversationId);
  expect(record.at(-1)).toMatchObject({
    role: "event",
    text: expect.stringContaining(`${number} was cancelled`),
  });
});

test("a solved conversation asks nothing any more", async () => {
  const { caller, conversationId, proposal } = await askToCancel();
  await solve(await newLead(), conversationId);
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("proposal_declined"));
  expect(await onlyProposal(caller, conversationId)).toMatchObject({ why: "solved" });
});

test("who waits for a person may still confirm, and reads the result in a line", async () => {
  const { caller, conversationId, number, proposal } = await askToCancel();
  await requestPerson(caller, conversationId, "customer_asked");
  await confirmProposal(caller, proposal.id);
  expect(await finish(proposal.id)).toBeNull();
  expect((await readShop(number)).status).toBe("cancelled");
  expect((await readConversation(conversationId)).owner).toBe("NONE");
});

test("while the AI's answers are switched off, a line tells what was done, and nobody waits for the AI to say it", async () => {
  const { caller, conversationId, number, proposal } = await askToCancel();
  const admin = await newLead("Tom", "admin");
  await switchAnswers(admin, { on: false });
  try {
    await confirmProposal(caller, proposal.id);
    expect(await finish(proposal.id)).toBeNull();
  } finally {
    await switchAnswers(admin, { on: true });
  }
  expect((await readConversation(conversationId)).status).toBe("open");
  expect((await readRecord(caller, conversationId)).at(-1)).toMatchObject({
    role: "event",
    text: expect.stringContaining(`${number} was cancelled`),
  });
});

test("a customer whose data is restricted or being erased confirms nothing", async () => {
  const { caller, number, proposal } = await askToCancel();
  await setCustomer(caller.id, { state: "restricted" });
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(
    refused("processing_restricted"),
  );
  await setCustomer(caller.id, { state: "erasing" });
  await expect(confirmProposal(caller, proposal.id)).rejects.toEqual(refused("not_found"));
  await finish(proposal.id);
  expect((await readShop(number)).status).toBe("packed");
});

test("what was confirmed before a restriction waits for its end, and after an hour is not done any more", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await confirmProposal(caller, proposal.id);
  await setCustomer(caller.id, { state: "restricted" });
  expect(await sweepProposals(1000)).not.toContain(proposal.id);
  await finish(proposal.id);
  await ageProposal(proposal.id, 61);
  await sweepProposals(1000);
  await setCustomer(caller.id, { state: "active" });
  expect((await readShop(number)).status).toBe("packed");
  expect(await onlyProposal(caller, conversationId)).toMatchObject({
    state: "failed",
    why: "late",
  });
});

test("an order that left the warehouse after the card was shown is not cancelled, and the customer reads why", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await setOrder(number, "shipped");
  await confirmProposal(caller, proposal.id);
  await finish(proposal.id);
  expect(await readShop(number)).toMatchObject({ status: "shipped" });
  expect(await onlyProposal(caller, conversationId)).toMatchObject({
    state: "failed",
    why: "refused",
  });
  const { answer } = await lastAnswer(caller, conversationId);
  expect(answer).toContain("has left the warehouse");
  expect(answer).not.toContain("was cancelled");
});

test("an order that cannot be cancelled is said to be so, and no card is shown", async () => {
  const { caller, number } = await buyer();
  await setOrder(number, "delivered");
  const conversationId = newId();
  const { answer } = await say(caller, conversationId, `cancel order ${number} please`);
  expect(answer).toContain("cannot be cancelled any more");
  expect((await findOwnConversation(caller, conversationId))?.proposals).toEqual([]);
});

test("somebody else's order reads like one that does not exist, and is not proposed", async () => {
  const { number } = await buyer();
  const stranger = await newCaller();
  const conversationId = newId();
  const { answer } = await say(stranger, conversationId, `Please cancel order ${number}`);
  expect(answer).toContain(`There is no order ${number} among yours`);
  expect((await findOwnConversation(stranger, conversationId))?.proposals).toEqual([]);
});

test("asking twice leaves one open card: the newer takes the older one's place", async () => {
  const { caller, number, conversationId, proposal } = await askToCancel();
  await say(caller, conversationId, `Cancel order ${number}, I ordered it by mistake`);
  const own = await findOwnConversation(caller, conversationId);
  expect(own?.proposals).toMatchObject([
    { id: proposal.id, state: "declined", why: "replaced" },
    { state: "proposed" },
  ]);
  expect(JSON.stringify(own?.proposals[1]?.card)).toContain("ordered by mistake");
});

test("without a number the one order that can be cancelled is named, and yes prepares it", async () => {
  const { caller, number } = await buyer();
  const conversationId = newId();
  const asked = await say(caller, conversationId, "I want to cancel my order");
  expect(asked.answer).toContain(number);
  await say(caller, conversationId, "yes please");
  expect((await onlyProposal(caller, conversationId)).card.title).toBe(`Cancel order ${number}`);
  const typed = await say(caller, conversationId, "yes, I confirm");
  expect(typed.answer).toContain("button on the card");
});

test("a question about cancelling is answered, and proposes nothing", async () => {
  const { caller } = await buyer();
  const conversationId = newId();
  await say(caller, conversationId, "How can I cancel an order?");
  expect((await findOwnConversation(caller, conversationId))?.proposals).toEqual([]);
});
