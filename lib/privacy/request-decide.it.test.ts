import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import {
  addRequestNote,
  appendAudit,
  approveRequest,
  askIdentity,
  confirmForPerson,
  confirmRequest,
  extendRequest,
  findApproval,
  findRequest,
  findRequestCode,
  listAudit,
  listRequestNotes,
  openRequest,
  refuseRequest,
  renewRequestCode,
  secondsUntilRun,
  stopWaiting,
  withdrawRequest,
} from "./index";
import type { RequestKind, RequestState } from "./schema-request";
import { mayMove } from "./schema-request-flow";
import { db, makeCustomer } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const colleague = { ...admin, id: newId() };
const enqueue = async () => undefined;
const others = (count: number) => async () => count;

async function byLetter(customerId: string, kind: RequestKind = "erasure") {
  const opened = { openedBy: "staff", openedById: admin.id, reason: "asked_by_mail" } as const;
  return (await openRequest({ kind, customerId, ...opened })).id;
}

async function online(customerId: string, kind: RequestKind = "export", now?: Date) {
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  const known = "code_to_come" as const;
  return (await openRequest({ kind, customerId, ...opened, known }, now)).id;
}

const approve = (who: { id: string }, id: string, count = 1, reauthenticated = false) =>
  approveRequest(who, id, { enqueue, countOthers: others(count), reauthenticated });

async function actionsOf(requestId: string): Promise<string[]> {
  await appendAudit();
  const { entries } = await listAudit({ limit: 200 });
  return entries
    .filter(({ metadata }) => metadata["requestId"] === requestId)
    .map(({ action }) => action)
    .reverse();
}

test("an erasure that staff opened is approved by another admin, and by nobody else", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId);
  expect(await findApproval(admin, id, others(1))).toBe("another_admin");
  await expect(approve(admin, id, 1, true)).rejects.toMatchObject({ code: "second_admin" });
  expect((await findRequest(admin, id))?.state).toBe("received");
  expect(await findApproval(colleague, id, others(1))).toBe("yes");
  expect((await approve(colleague, id)).state).toBe("waiting");
  expect(await secondsUntilRun(id)).toBe(0);
  expect(await actionsOf(id)).toEqual(["request_opened", "request_approved"]);
});

test("the only admin types their password, and the erasure waits for 24 hours that a colleague may end", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId);
  await expect(approve(admin, id, 0)).rejects.toMatchObject({ code: "password_wrong" });
  const waiting = await approve(admin, id, 0, true);
  expect(waiting.state).toBe("waiting");
  const left = await secondsUntilRun(id);
  expect(left).toBeGreaterThan(24 * 3_600 - 60);
  expect(await secondsUntilRun(id, new Date(Date.now() + 24 * 3_600_000))).toBe(0);
  expect((await stopWaiting(colleague, id)).state).toBe("withdrawn");
  expect(await secondsUntilRun(id)).toBeNull();
  await expect(stopWaiting(colleague, id)).rejects.toMatchObject({ code: "request_state" });
  expect(await actionsOf(id)).toContain("request_stopped");
});

test("what has no hours to wait cannot be stopped as if it had", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId, "export");
  await approve(admin, id);
  await expect(stopWaiting(colleague, id)).rejects.toMatchObject({ code: "request_state" });
});

test("a request is refused with a reason, once, and not after it was approved to run", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId, "export");
  const refused = await refuseRequest(admin, id, "excessive");
  expect(refused).toMatchObject({ state: "refused", refusalReason: "excessive" });
  await expect(approve(admin, id)).rejects.toMatchObject({ code: "request_state" });
  const next = await byLetter(customerId, "export");
  await approve(admin, next);
  await expect(refuseRequest(admin, next, "unfounded")).rejects.toMatchObject({
    code: "request_state",
  });
});

test("a request is given two further months once, within its first month, with a reason", async () => {
  const { id: customerId } = await makeCustomer();
  const opened = { openedBy: "staff", openedById: admin.id, reason: "asked_by_mail" } as const;
  const receivedAt = new Date("2026-11-30T12:00:00Z");
  const { id } = await openRequest({ kind: "export", customerId, ...opened, receivedAt });
  const late = new Date("2026-12-30T12:00:01Z");
  await expect(extendRequest(admin, id, "complex", late)).rejects.toMatchObject({
    code: "extension_late",
  });
  const extended = await extendRequest(admin, id, "complex", new Date("2026-12-30T12:00:00Z"));
  expect(extended).toMatchObject({
    dueAt: "2027-02-28T12:00:00.000Z",
    extended: { at: "2026-12-30T12:00:00.000Z", reason: "complex" },
  });
  await expect(extendRequest(admin, id, "many_requests", receivedAt)).rejects.toMatchObject({
    code: "request_state",
  });
});

test("a code confirms a request; a wrong one is counted, five end it, and a new one works", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await online(customerId);
  const found = await findRequestCode(id);
  expect(found?.code).toMatch(/^\d{6}$/);
  const wrong = String((Number(found?.code) + 1) % 1_000_000).padStart(6, "0");
  for (let tries = 0; tries < 5; tries += 1) {
    await expect(confirmRequest(customerId, id, wrong)).rejects.toMatchObject({
      code: "code_wrong",
    });
  }
  await expect(confirmRequest(customerId, id, found?.code ?? "")).rejects.toMatchObject({
    code: "code_over",
  });
  await renewRequestCode(customerId, id, undefined, new Date(Date.now() + 1_000));
  const renewed = await findRequestCode(id);
  expect(renewed?.code).not.toBe(found?.code);
  const confirmed = await confirmRequest(customerId, id, ` ${renewed?.code} `);
  expect(confirmed).toMatchObject({ state: "received", confirmedBy: "code" });
  expect(await findRequestCode(id)).toBeNull();
  expect(await actionsOf(id)).toContain("request_confirmed");
});

test("a code is over after half an hour", async () => {
  const { id: customerId } = await makeCustomer();
  const began = new Date(Date.now() - 31 * 60_000);
  const id = await online(customerId, "export", began);
  const early = await findRequestCode(id, began);
  expect(await findRequestCode(id)).toBeNull();
  await expect(confirmRequest(customerId, id, early?.code ?? "")).rejects.toMatchObject({
    code: "code_over",
  });
});

test("another customer cannot confirm a request or get a new code for it, and its owner still can", async () => {
  const [owner, stranger] = [await makeCustomer(), await makeCustomer()];
  const id = await online(owner.id);
  const code = (await findRequestCode(id))?.code ?? "";
  const absent = { code: "not_found" };
  await expect(confirmRequest(stranger.id, id, code)).rejects.toMatchObject(absent);
  await expect(renewRequestCode(stranger.id, id)).rejects.toMatchObject(absent);
  expect((await confirmRequest(owner.id, id, code)).state).toBe("received");
});

test("an admin who is not sure asks for proof, and one who is says so", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId, "export");
  expect(await askIdentity(admin, id)).toMatchObject({
    state: "identity_check",
    confirmedBy: null,
  });
  await expect(approve(colleague, id)).rejects.toMatchObject({ code: "request_state" });
  expect((await confirmForPerson(admin, id)).state).toBe("received");
  expect(await actionsOf(id)).toEqual([
    "request_opened",
    "request_identity_asked",
    "request_confirmed",
  ]);
});

test("a note is redacted and sealed, is read by staff, and cannot be kept of nobody", async () => {
  const { id: customerId } = await makeCustomer();
  const id = await byLetter(customerId, "export");
  await addRequestNote(admin, id, "Called mia@example.com, she sends her passport.");
  const [note] = await listRequestNotes(id);
  expect(note).toMatchObject({ authorId: admin.id });
  expect(note?.text).toBe("Called [EMAIL_1], she sends her passport.");
  const [row] = await db().requestNote.findMany({ where: { requestId: id } });
  expect(Buffer.from(row?.bodySealed ?? []).toString("latin1")).not.toContain("passport");
  await expect(addRequestNote(admin, newId(), "Hello")).rejects.toMatchObject({
    code: "not_found",
  });
});

type Command = (id: string, customerId: string) => Promise<unknown>;
const commands: Record<string, Command> = {
  approve: (id) => approve(admin, id),
  approveByColleague: (id) => approve(colleague, id),
  approveAlone: (id) => approve(admin, id, 0, true),
  refuse: (id) => refuseRequest(admin, id, "unfounded"),
  extend: (id) => extendRequest(admin, id, "complex"),
  stop: (id) => stopWaiting(colleague, id),
  ask: (id) => askIdentity(admin, id),
  confirm: (id) => confirmForPerson(admin, id),
  withdraw: (id, customerId) => withdrawRequest(customerId, id),
};

test("in whatever order people act, a request moves only as the table of moves says, and each act is done or refused", async () => {
  const plan = fc.array(fc.constantFrom(...Object.keys(commands)), { minLength: 3, maxLength: 8 });
  const kind = fc.constantFrom<RequestKind>("export", "erasure", "rectification", "objection");
  await fc.assert(
    fc.asyncProperty(kind, plan, async (what, names) => {
      const { id: customerId } = await makeCustomer();
      const id = await byLetter(customerId, what);
      let state: RequestState = "received";
      for (const name of names) {
        const done = await commands[name]?.(id, customerId).then(
          () => true,
          (error: unknown) => {
            expect(error).toBeInstanceOf(Refusal);
            return false;
          },
        );
        const now = (await findRequest(admin, id))?.state ?? "received";
        const step = now === state || mayMove(state, now) || passes(state, now);
        expect([name, state, now, step]).toEqual([name, state, now, true]);
        expect(done || now === state).toBe(true);
        state = now;
      }
    }),
    { numRuns: 25 },
  );
});

/** One act may take two moves: approved, and begun or done. */
function passes(from: RequestState, to: RequestState): boolean {
  return mayMove(from, "approved") && mayMove("approved", to);
}
