import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { addCalendarMonth } from "./calendar";
import { findRequest, listRequests, openRequest, startRequest, withdrawRequest } from "./index";
import { makeCustomer } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;

async function ask(customerId: string, kind: "export" | "erasure" = "export", now?: Date) {
  const openedBy = { openedBy: "customer", openedById: customerId } as const;
  return await openRequest(
    { kind, customerId, ...openedBy, reason: "asked_online" },
    undefined,
    now,
  );
}

test("a request is due on the same day of the next month, or on its last", () => {
  const due = (day: string) => addCalendarMonth(new Date(`${day}T09:30:00Z`)).toISOString();
  expect(due("2026-11-23")).toBe("2026-12-23T09:30:00.000Z");
  expect(due("2026-12-15")).toBe("2027-01-15T09:30:00.000Z");
  expect(due("2027-01-31")).toBe("2027-02-28T09:30:00.000Z");
  expect(due("2028-01-30")).toBe("2028-02-29T09:30:00.000Z");
});

test("a customer opens one request of a kind at a time, also with two clicks at once", async () => {
  const { id } = await makeCustomer();
  const both = await Promise.allSettled([ask(id), ask(id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(ask(id)).rejects.toMatchObject({ code: "request_open" });
  expect((await ask(id, "erasure")).kind).toBe("erasure");
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
  await expect(startRequest(id, failing)).rejects.toThrow("queue");
  expect(await findRequest(admin, id)).toMatchObject({ state: "received" });
  const sent: string[] = [];
  await startRequest(id, async (_, requestId) => void sent.push(requestId));
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
