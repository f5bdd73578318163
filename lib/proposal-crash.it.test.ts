import { beforeAll, expect, test } from "vitest";
import type { CustomerCaller } from "@/lib/auth/schema";
import {
  claimTurn,
  confirmProposal,
  findOwnConversation,
  startAnswer,
  sweepProposals,
  sweepTurns,
  withdrawPerson,
} from "@/lib/conversation";
import { newId } from "@/lib/id";
import type { ShopConnector } from "@/lib/shop";
import { seedProducts } from "@/scripts/seed/shop";
import { carryOut } from "./agent/carry-out";
import { testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";
import {
  expireLease,
  readConversation,
  readHandOffs,
  readRecord,
  readTurns,
} from "./conversation/store-for-tests";
import { expireCarrier, readProposal } from "./conversation/store-proposal-for-tests";
import { launch } from "./process-for-tests";
import { askToCancel, realCancel, shopWith } from "./proposal-for-tests";
import { readShop } from "./shop/store-for-tests";

beforeAll(seedProducts);

async function confirmed() {
  const asked = await askToCancel();
  const { stock } = await readShop(asked.number);
  await confirmProposal(asked.caller, asked.proposal.id);
  return { ...asked, stock, id: asked.proposal.id };
}
type Confirmed = Awaited<ReturnType<typeof confirmed>>;

/** Another process finds it by its sweep and brings it to its end. */
async function recover(id: string, shop?: ShopConnector): Promise<void> {
  expect(await sweepProposals(1000)).toContain(id);
  await answer(await carryOut(id, { runnerId: newId(), ...(shop && { shop }) }));
}

async function answer(turnId: string | null): Promise<void> {
  const turn = turnId && (await claimTurn(newId(), turnId));
  if (turn) {
    await runTurn(turn, { endpoint: null, limits: testLimits, wordDelayMs: 0 });
  }
}

async function said(caller: CustomerCaller, conversationId: string, words: string) {
  const record = await readRecord(caller, conversationId);
  return record.filter(({ role, text }) => role !== "tool" && text.includes(words));
}

async function expectDoneOnce({ caller, conversationId, number, id, stock }: Confirmed) {
  expect(await readShop(number)).toMatchObject({
    status: "cancelled",
    effects: [{ id }],
    stock: stock + 1,
  });
  expect(await said(caller, conversationId, "was cancelled")).toMatchObject([
    { role: "assistant", state: "final" },
  ]);
  expect((await findOwnConversation(caller, conversationId))?.proposals).toMatchObject([
    { state: "done" },
  ]);
  expect(await sweepProposals(1000)).not.toContain(id);
}

/** A process that carries out a proposal and is killed at one point of it. */
async function killAt(id: string, point: "before the effect" | "after the effect"): Promise<void> {
  const neighbour = await launch(`
    const { carryOut } = await import("./lib/agent/carry-out.ts");
    const { realCancel, shopWith } = await import("./lib/proposal-for-tests.ts");
    const hang = () => { console.log("ready"); setInterval(() => {}, 1000); return new Promise(() => {}); };
    const perform = async (...given) => {
      if (${point === "after the effect"}) await realCancel(...given);
      return await hang();
    };
    await carryOut(${JSON.stringify(id)}, { runnerId: "victim", shop: shopWith({ perform }), effectMs: 60_000 });
  `);
  neighbour.child.kill("SIGKILL");
  await neighbour.gone;
  // Its lease is still running: nobody else touches it.
  expect(await sweepProposals(1000)).not.toContain(id);
  expect(await carryOut(id, { runnerId: newId() })).toBeNull();
  await expireCarrier(id);
}

test("a process that dies before it begins loses nothing: the sweep of another carries it out", async () => {
  const given = await confirmed();
  await recover(given.id);
  await expectDoneOnce(given);
});

test("a process killed between the claim and the effect: another one does it, once", async () => {
  const given = await confirmed();
  await killAt(given.id, "before the effect");
  expect((await readShop(given.number)).status).toBe("packed");
  await recover(given.id);
  await expectDoneOnce(given);
}, 60_000);

test("a process killed between the effect and its result: repeated under the same key, it is done once", async () => {
  const given = await confirmed();
  await killAt(given.id, "after the effect");
  expect((await readShop(given.number)).status).toBe("cancelled");
  await recover(given.id);
  await expectDoneOnce(given);
}, 60_000);

test("a process that dies before it tells the customer: the turn that tells it is stored with the result", async () => {
  const given = await confirmed();
  const turnId = await carryOut(given.id, { runnerId: newId() });
  expect(await sweepTurns(1000)).toContain(turnId);
  await answer(turnId);
  await expectDoneOnce(given);
});

test("a process that dies while it tells the customer: another one tells it, once", async () => {
  const given = await confirmed();
  const turnId = await carryOut(given.id, { runnerId: newId() });
  const turn = turnId && (await claimTurn("victim", turnId));
  if (!turn) {
    throw new Error("There is nothing to tell");
  }
  await startAnswer(turn);
  await expireLease(turn);
  await answer(turnId);
  await expectDoneOnce(given);
});

test("a frozen process that wakes after another has finished changes nothing and tells nothing", async () => {
  const given = await confirmed();
  let wake: () => void = () => undefined;
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const frozen = shopWith({
    perform: async (...call) => {
      await woken;
      return await realCancel(...call);
    },
  });
  const zombie = carryOut(given.id, { runnerId: "zombie", shop: frozen });
  await expect.poll(async () => (await readProposal(given.id)).state).toBe("executing");
  await expireCarrier(given.id);
  await recover(given.id);
  wake();
  expect(await zombie).toBeNull();
  await expectDoneOnce(given);
});

test("a shop that answers too late is asked again under the same key", async () => {
  const given = await confirmed();
  const slow = shopWith({
    perform: async (...call) => {
      await realCancel(...call);
      return await new Promise(() => undefined);
    },
  });
  expect(await carryOut(given.id, { runnerId: newId(), shop: slow, effectMs: 50 })).toBeNull();
  await expireCarrier(given.id);
  await recover(given.id);
  await expectDoneOnce(given);
});

async function expectPerson({ caller, conversationId, id }: Confirmed): Promise<void> {
  expect(await readProposal(id)).toMatchObject({ state: "failed", why: "uncertain" });
  expect(await readConversation(conversationId)).toMatchObject({
    owner: "NONE",
    status: "waiting",
    handOffReason: "effect_uncertain",
  });
  expect(await readHandOffs(conversationId)).toMatchObject([{ reason: "effect_uncertain" }]);
  expect(await said(caller, conversationId, "we cannot tell whether it was")).toMatchObject([
    { role: "event" },
  ]);
  expect(await said(caller, conversationId, "was cancelled.")).toEqual([]);
  expect(await sweepProposals(1000)).not.toContain(id);
  // They were promised that somebody looks, so the wish for a person cannot be taken back.
  await withdrawPerson(caller, conversationId);
  expect((await readConversation(conversationId)).status).toBe("waiting");
}

test("a shop that never answers is tried six times, and then a person looks", async () => {
  const given = await confirmed();
  let tries = 0;
  const broken = shopWith({
    perform: () => {
      tries += 1;
      return Promise.reject(new Error("The shop is down"));
    },
  });
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await carryOut(given.id, { runnerId: newId(), shop: broken });
    await expireCarrier(given.id);
  }
  expect(tries).toBe(6);
  await expectPerson(given);
});

test("a shop that cannot repeat a key is asked once: when the process dies in the middle, a person looks", async () => {
  const given = await confirmed();
  let done = 0;
  const once = shopWith({
    idempotent: false,
    perform: () => {
      done += 1;
      return new Promise(() => undefined);
    },
  });
  const victim = carryOut(given.id, { runnerId: "victim", shop: once, effectMs: 60_000 });
  await expect.poll(() => done).toBe(1);
  await expireCarrier(given.id);
  await recover(given.id, once);
  expect(done).toBe(1);
  await expectPerson(given);
  expect(await readTurns(given.conversationId)).toHaveLength(1);
  void victim;
});

test("a shop that cannot repeat a key and fails goes to a person at once, and works when it does not", async () => {
  const given = await confirmed();
  const failing = shopWith({
    idempotent: false,
    perform: () => Promise.reject(new Error("Broken off")),
  });
  expect(await carryOut(given.id, { runnerId: newId(), shop: failing })).toBeNull();
  await expectPerson(given);
  const other = await confirmed();
  await recover(other.id, shopWith({ idempotent: false }));
  await expectDoneOnce(other);
});
