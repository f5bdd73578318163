import { expect, test } from "vitest";
import { acceptMessage, claimTurn, sweepTurns } from "@/lib/conversation";
import { factsForTurn, learnFacts, listFacts, setMemoryOn } from "@/lib/customer";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { factPolicy } from "@/lib/memory";
import {
  askIdentity,
  confirmRequest,
  findRequest,
  findRequestCode,
  liftRestriction,
  openRequest,
} from "@/lib/privacy";
import type { RequestKind } from "@/lib/privacy/schema";
import { listSummaries } from "@/lib/summary";
import { newCaller, say } from "./testing";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const lead = { kind: "staff", id: newId(), keyEpoch: 1, role: "lead", name: "Lena" } as const;

async function ask(customerId: string, kind: RequestKind, known: "password" | "code_to_come") {
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  return await openRequest({ kind, customerId, ...opened, known });
}

test("a restriction holds from the moment of its code: nothing is taken in, answered, learned, told or summed up", async () => {
  const caller = await newCaller();
  const conversationId = newId();
  await say(caller, conversationId, "My name is Sarah Connor and I work at TechCorp.");
  await say(caller, conversationId, "What does delivery cost?");
  await jobHandlers.facts({ conversationId });
  await jobHandlers.summarize({ conversationId });
  const known = await listFacts(caller);
  expect(known.length).toBeGreaterThan(0);
  const left = await acceptMessage(caller, { id: newId(), conversationId, text: "And returns?" });

  const request = await ask(caller.id, "restriction", "code_to_come");
  expect(request.state).toBe("identity_check");
  expect(await claimable(left.turnId)).toBe(true);
  const code = (await findRequestCode(request.id))?.code ?? "";
  expect(await confirmRequest(caller.id, request.id, code)).toMatchObject({ state: "done" });

  const refused = { code: "processing_restricted" };
  const message = { id: newId(), conversationId, text: "Hello?" };
  await expect(acceptMessage(caller, message)).rejects.toMatchObject(refused);
  await expect(
    acceptMessage(caller, { ...message, conversationId: newId() }),
  ).rejects.toMatchObject(refused);
  await expect(setMemoryOn(caller.id, true)).rejects.toMatchObject(refused);
  expect(await claimable(left.turnId)).toBe(false);
  expect(await claimTurn(newId(), left.turnId ?? "")).toBeNull();
  const turn = { conversationId: newId(), customerId: caller.id, keyEpoch: caller.keyEpoch };
  expect(await factsForTurn(turn)).toEqual([]);
  const nothing = () => Promise.reject(new Error("Nobody may be asked"));
  const deps = { find: nothing, since: nothing, limits: factPolicy() };
  expect(await learnFacts(conversationId, deps)).toMatchObject({
    read: 0,
    ended: "inactive",
  });
  expect((await listSummaries(lead, { customerId: caller.id })).rows).toEqual([]);
  expect(await listFacts(caller)).toHaveLength(known.length);

  await liftRestriction({ kind: "customer", id: caller.id }, caller.id);
  expect((await listSummaries(lead, { customerId: caller.id })).rows).toHaveLength(1);
  expect((await say(caller, conversationId, "What is my name?")).answer).toContain("[PERSON_1]");
  expect(await findRequest(caller, request.id)).toMatchObject({ lifted: { by: "customer" } });
});

/** Whether a runner would find the turn in its queue. */
async function claimable(turnId: string | null): Promise<boolean> {
  return (await sweepTurns(1_000)).some((id) => id === turnId);
}

test("a restriction is lifted by its customer or staff, by nobody else, and once", async () => {
  const [owner, stranger] = [await newCaller(), await newCaller()];
  const { id } = await ask(owner.id, "restriction", "password");
  const foreign = liftRestriction({ kind: "customer", id: stranger.id }, owner.id);
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  await liftRestriction(admin, owner.id);
  expect(await findRequest(owner, id)).toMatchObject({ state: "done", lifted: { by: "staff" } });
  await expect(liftRestriction(admin, owner.id)).rejects.toMatchObject({ code: "request_state" });
  await expect(askIdentity(admin, id)).rejects.toMatchObject({ code: "request_state" });
});

test("an objection switches memory off, keeps answering, and is recorded", async () => {
  const caller = await newCaller();
  await say(caller, newId(), "My name is Sarah Connor and I work at TechCorp.");
  const request = await ask(caller.id, "objection", "password");
  expect(request).toMatchObject({ state: "done", confirmedBy: "password" });
  const conversationId = newId();
  const { turn, answer } = await say(caller, conversationId, "What does delivery cost?");
  expect(turn.memoryOn).toBe(false);
  expect(answer).not.toBe("");
  await say(caller, conversationId, "I work at Globex.");
  await jobHandlers.facts({ conversationId });
  expect(await listFacts(caller)).toEqual([]);
});
