import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { addCalendarMonth } from "./calendar";
import {
  approveRequest,
  findRequest,
  listRequests,
  openRequest,
  recordNothingHeld,
  startRequest,
  withdrawRequest,
} from "./index";
import { makeCustomer } from "./store-fixture";
import { moveRequest } from "./store-request";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;

async function ask(customerId: string, kind: "export" | "erasure" = "export", now?: Date) {
  const openedBy = { openedBy: "customer", openedById: customerId } as const;
  return await openRequest({ kind, customerId, ...openedBy, reason: "asked_online" }, now);
}

test("a request is due on the same day of the next month, or on its last", () => {
  const due = (day: string) => addCalendarMonth(new Date(`${day}T09:30:00Z`)).toISOString();
  expect(due("2026-11-23")).toBe("2026-12-23T09:30:00.000Z");
  expect(due("2026-12-15")).toBe("2027-01-15T09:30:00.000Z");
  expect(due("2027-01-31")).toBe("2027-02-28T09:30:00.000Z");
  expect(due("2028-01-30")).toBe("2028-02-29T09:30:00.000Z");
});

test("a second request of a kind joins the one that is open, also with two clicks at once", async () => {
  const { id } = await makeCustomer();
  const [first, second] = await Promise.all([ask(id), ask(id)]);
  expect(second?.id).toBe(first?.id);
  expect((await ask(id)).id).toBe(first?.id);
  expect((await listRequests(admin, { customerId: id })).requests).toHaveLength(1);
  const erasure = await ask(id, "erasure");
  expect([erasure.kind, erasure.state]).toEqual(["erasure", "received"]);
});

test("a letter that says again what is open is kept as its duplicate, which asks for nothing", async () => {
  const { id } = await makeCustomer();
  const first = await ask(id);
  const letter = {
    kind: "export",
    customerId: id,
    openedBy: "staff",
    openedById: admin.id,
  } as const;
  const second = await openRequest({ ...letter, reason: "asked_by_mail" });
  expect(second).toMatchObject({ state: "duplicate", duplicateOfId: first.id });
  expect(second.finishedAt).not.toBeNull();
  expect((await listRequests(admin, { customerId: id, open: true })).requests).toHaveLength(1);
});

test("a letter's month counts from the day on which it was received", async () => {
  const { id } = await makeCustomer();
  const letter = {
    kind: "export",
    customerId: id,
    openedBy: "staff",
    openedById: admin.id,
  } as const;
  const receivedAt = new Date("2026-10-31T00:00:00Z");
  const request = await openRequest({ ...letter, reason: "asked_by_mail", receivedAt });
  expect([request.receivedAt, request.dueAt]).toEqual([
    "2026-10-31T00:00:00.000Z",
    "2026-11-30T00:00:00.000Z",
  ]);
});

test("what is open is listed by its due date, what is overdue first", async () => {
  const { id } = await makeCustomer();
  const late = await ask(id, "export", new Date("2026-01-01T00:00:00Z"));
  const soon = await ask(id, "erasure", new Date("2026-06-01T00:00:00Z"));
  const { requests } = await listRequests(admin, { customerId: id, open: true });
  expect(requests.map((each) => each.id)).toEqual([late.id, soon.id]);
});

test("whoever holds nothing of somebody answers just that, and keeps nothing of them", async () => {
  const receivedAt = new Date();
  const given = { kind: "export", reason: "asked_by_mail", openedById: admin.id } as const;
  const request = await recordNothingHeld({ ...given, receivedAt });
  expect(request).toMatchObject({ state: "done", answer: "nothing_held", customerId: null });
});

test("another customer cannot see, list or withdraw a request, and its owner still can", async () => {
  const [owner, stranger] = [await makeCustomer(), await makeCustomer()];
  const { id } = await ask(owner.id);
  const as = (who: { id: string }) => ({ kind: "customer", id: who.id }) as const;
  expect(await findRequest(as(stranger), id)).toBeNull();
  expect((await listRequests(as(stranger), { customerId: owner.id })).requests).toEqual([]);
  await expect(withdrawRequest(stranger.id, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await findRequest(as(owner), id)).toMatchObject({
    state: "received",
    reason: "asked_online",
  });
  expect((await listRequests(as(owner))).requests.map((each) => each.id)).toEqual([id]);
  await withdrawRequest(owner.id, id);
  expect(await findRequest(admin, id)).toMatchObject({ state: "withdrawn" });
  expect((await ask(owner.id)).state).toBe("received");
});

test("a customer cannot open a request about somebody else", async () => {
  const [owner, stranger] = [await makeCustomer(), await makeCustomer()];
  const opening = { kind: "erasure", customerId: owner.id, reason: "asked_online" } as const;
  await expect(
    openRequest({ ...opening, openedBy: "customer", openedById: stranger.id }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("a request is started once, with its job in the same transaction", async () => {
  const { id: customerId } = await makeCustomer();
  const { id } = await ask(customerId, "erasure");
  const failing = () => Promise.reject(new Error("the queue is down"));
  const approve = (enqueue: (tx: unknown, requestId: string) => Promise<void>) =>
    approveRequest(admin, id, { enqueue, countOthers: async () => 0, reauthenticated: false });
  await expect(startRequest(id, failing)).rejects.toMatchObject({ code: "request_state" });
  await expect(approve(failing)).rejects.toThrow("queue");
  expect(await findRequest(admin, id)).toMatchObject({ state: "received" });
  const sent: string[] = [];
  await approve(async (_, requestId) => void sent.push(requestId));
  expect(sent).toEqual([id]);
  await expect(startRequest(id, failing)).rejects.toMatchObject({ code: "request_state" });
  await expect(startRequest(newId(), failing)).rejects.toMatchObject({ code: "not_found" });
});

test("requests are listed newest first, in pages", async () => {
  const { id: customerId } = await makeCustomer();
  for (let at = 0; at < 3; at += 1) {
    await withdrawRequest(customerId, (await ask(customerId)).id);
  }
  const first = await listRequests(admin, { customerId, limit: 2 });
  const second = await listRequests(admin, { customerId, limit: 2, before: first.next ?? "" });
  expect([first.requests.length, second.requests.length, second.next]).toEqual([2, 1, null]);
});

test("a move that the table of moves does not know is a mistake of ours, and is not made", async () => {
  const { id } = await makeCustomer();
  const request = await ask(id);
  await expect(moveRequest(request.id, ["withdrawn", "done"], "running")).rejects.toThrow(
    "No request goes from withdrawn or done to running",
  );
});
