import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { collectRows } from "./collect";
import {
  addRequestNote,
  anonymizeUserId,
  approveRequest,
  correctAsAsked,
  findRequest,
  findStatement,
  keyOf,
  openRequest,
  previewErasure,
  runErasure,
} from "./index";
import type { Statement } from "./schema-request-flow";
import { db, makeCustomer, makeKnownCustomer } from "./store-fixture";
import { ownedBy } from "./store-rows";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const said: Statement = { field: "name", before: "Sara Conor", after: "Sarah Connor" };

async function askToCorrect(customerId: string, statement: Statement) {
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  const known = "password" as const;
  return await openRequest({ kind: "rectification", customerId, ...opened, known, statement });
}

test("what is wrong and right is placeholders for staff, and the person's own words for them", async () => {
  const [owner, stranger] = [await makeCustomer(), await makeCustomer()];
  const { id, state } = await askToCorrect(owner.id, said);
  expect(state).toBe("received");
  const placeholders = { field: "name", before: "[PERSON_1]", after: "[PERSON_2]" };
  expect(await findStatement(admin, id)).toEqual(placeholders);
  expect(await findStatement({ kind: "customer", id: owner.id }, id)).toEqual(said);
  expect(await findStatement({ kind: "customer", id: stranger.id }, id)).toBeNull();
  const row = await db().dataRequest.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(row.statementSealed)).not.toContain("Connor");
});

test("a correction is handed in clear to whoever keeps it, and ends with that or not at all", async () => {
  const { id: customerId } = await makeCustomer();
  const { id } = await askToCorrect(customerId, said);
  const failing = () => Promise.reject(new Error("taken"));
  await expect(correctAsAsked(admin, id, failing)).rejects.toThrow("taken");
  expect(await findRequest(admin, id)).toMatchObject({ state: "received" });
  const heard: unknown[] = [];
  const done = await correctAsAsked(admin, id, async (each) => void heard.push(each));
  expect(heard).toEqual([{ customerId, field: "name", value: "Sarah Connor" }]);
  expect(done.state).toBe("done");
  await expect(correctAsAsked(admin, id, async () => undefined)).rejects.toMatchObject({
    code: "request_state",
  });
});

test("a restriction and an objection that came by letter hold once an admin has said yes", async () => {
  const { id: customerId } = await makeCustomer();
  const agreed = { customerId, textVersion: 1, textHash: "x", memory: true, analytics: true };
  await db().consent.create({ data: { id: newId(), ...agreed } });
  const letter = { customerId, openedBy: "staff", openedById: admin.id } as const;
  const reason = "asked_by_mail" as const;
  for (const kind of ["restriction", "objection"] as const) {
    const { id, state } = await openRequest({ kind, ...letter, reason });
    expect(state).toBe("received");
    const deps = { enqueue: failing, countOthers: async () => 1, reauthenticated: false };
    expect((await approveRequest(admin, id, deps)).state).toBe("done");
  }
  const row = await db().customer.findUniqueOrThrow({ where: { id: customerId } });
  expect([row.state, row.memoryOn]).toEqual(["restricted", false]);
  const consents = await db().consent.findMany({
    where: { customerId },
    orderBy: { createdAt: "asc" },
    select: { memory: true, analytics: true },
  });
  expect(consents).toEqual([
    { memory: true, analytics: true },
    { memory: false, analytics: false },
  ]);
});

async function failing(): Promise<void> {
  throw new Error("No job is needed");
}

test("notes and what was said go into the person's copy, and with the person", async () => {
  const owner = await makeKnownCustomer();
  const { id } = await askToCorrect(owner.id, said);
  await addRequestNote(admin, id, "She sent a copy of her passport.");
  const key = await keyOf(owner);
  const copies = async (table: string) => {
    const rows: unknown[] = [];
    for await (const row of collectRows(ownedBy(table), owner.id, key)) {
      rows.push(row);
    }
    return JSON.stringify(rows);
  };
  expect(await copies("RequestNote")).toContain("passport");
  expect(await copies("DataRequest")).toContain("Sarah Connor");
  const opened = { openedBy: "customer", openedById: owner.id, reason: "asked_online" } as const;
  const erasure = await openRequest({ kind: "erasure", customerId: owner.id, ...opened });
  await addRequestNote(admin, erasure.id, "By letter of yesterday.");
  await runErasure(erasure.id, dataMap);
  for (const { name, found } of (await previewErasure(owner.id, dataMap)).stores) {
    expect([name, found]).toEqual([name, 0]);
  }
  expect(await db().requestNote.count({ where: { requestId: { in: [id, erasure.id] } } })).toBe(0);
  const left = await db().dataRequest.findUniqueOrThrow({ where: { id } });
  expect(left).toMatchObject({
    state: "withdrawn",
    customerId: null,
    statementSealed: null,
    pseudonym: anonymizeUserId(owner.id),
  });
});
