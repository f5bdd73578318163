import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { promptFor } from "./agent/facts-for-tests";
import { newCaller } from "./agent/testing";
import { findForStaff, findOwnConversation } from "./conversation";
import { dataMap } from "./data-map";
import { exportOf, livedCustomer } from "./export-for-tests";
import { newId } from "./id";
import { forgetKey, importExport, openRequest, runErasure } from "./privacy";
import { db, makeKnownCustomer } from "./privacy/store-fixture";

// Each is a whole life of a customer, twice.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "recollect-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keep(zip: Buffer): string {
  const path = join(folder, `${newId()}.zip`);
  writeFileSync(path, zip);
  return path;
}

/** The person is here no more, as in an installation that never knew them: no ledger says that they were erased. */
async function unknow(customerId: string): Promise<void> {
  const orders = await db().shopOrder.findMany({ where: { customerId }, select: { id: true } });
  for (const { erase } of dataMap) {
    await erase(customerId);
  }
  forgetKey(customerId);
  await db().dataRequest.deleteMany({ where: { customerId } });
  await db().shopOrder.deleteMany({ where: { id: { in: orders.map(({ id }) => id) } } });
}

/** What belongs to the installation and the moment that wrote it. */
const OTHERS = /^(about|manifest|index)|records\/(DataRequest|Sessions|AuditLog)/;

function comparable(files: ReadonlyMap<string, string>): [string, string][] {
  return [...files]
    .filter(([name]) => !OTHERS.test(name))
    .map(([name, text]) => [name, text.replace(/"exportDate":"[^"]*"/, "")]);
}

describe("an export that is imported where nobody knows the person", () => {
  test("and exported again is the same, byte by byte", async () => {
    const { caller } = await livedCustomer();
    const first = await exportOf(caller.id);
    await unknow(caller.id);
    const done = await importExport(keep(first.zip));
    expect(done).toMatchObject({ customerId: caller.id, email: null });
    expect(done.left).toEqual(["AuditLog", "Sessions", "DataRequest"]);
    const second = await exportOf(caller.id);
    expect(comparable(first.files).length).toBeGreaterThan(30);
    for (const [name, text] of comparable(second.files)) {
      expect({ name, text }).toEqual({ name, text: new Map(comparable(first.files)).get(name) });
    }
  });

  test("with orders, and what was under way there is over here", async () => {
    const owner = await makeKnownCustomer();
    const first = await exportOf(owner.id);
    await unknow(owner.id);
    await importExport(keep(first.zip));
    const second = await exportOf(owner.id);
    for (const name of ["ShopOrder", "ShopShipment", "Message", "Memory", "Fact", "Vault"]) {
      expect(second.files.get(`records/${name}.json`)).toBe(
        first.files.get(`records/${name}.json`),
      );
    }
    expect(first.json("records/Turn.json")).toMatchObject([{ state: "running" }]);
    expect(second.json("records/Turn.json")).toMatchObject([{ state: "interrupted" }]);
    expect(second.json("records/Proposal.json")).toMatchObject([{ state: "expired" }]);
  });

  test("is read by every room as before, values hidden from the model and from staff", async () => {
    const { caller, conversationId, lead } = await livedCustomer();
    const before = await findOwnConversation(caller, conversationId);
    const atDesk = async () =>
      (await findForStaff({ ...lead, name: "Mara Lindqvist" }, conversationId))?.messages
        .filter(({ role }) => role === "customer")
        .map(({ text }) => text);
    const hidden = await atDesk();
    expect(JSON.stringify(hidden)).toMatch(/\[PERSON_\d+\].*\[EMAIL_1\]/);
    const { zip } = await exportOf(caller.id);
    await unknow(caller.id);
    await importExport(keep(zip));
    const after = await findOwnConversation(caller, conversationId);
    const texts = (messages: { text: string }[] = []) => messages.map(({ text }) => text);
    expect(texts(after?.messages)).toEqual(texts(before?.messages));
    expect(await atDesk()).toEqual(hidden);
    let server: ModelServer | undefined;
    try {
      server = await startModelServer();
      const prompt = await promptFor(server, caller, "What do I prefer?");
      expect(prompt).toContain("quokkawool");
      expect(prompt).not.toContain("zeb.quist@example.com");
    } finally {
      await server?.close();
    }
  });
});

describe("an import is refused, and nothing of it stays", () => {
  const refusal = (zip: Buffer) =>
    importExport(keep(zip)).then(String, (error: Error) => error.message);

  test("of a person who is here already", async () => {
    const caller = await newCaller();
    const { zip } = await exportOf(caller.id);
    expect(await refusal(zip)).toMatch(/is here already/);
  });

  test("of a person whom this installation has erased", async () => {
    const { id: customerId } = await newCaller();
    const { zip } = await exportOf(customerId);
    const opened = { openedBy: "customer", openedById: customerId, reason: "other" } as const;
    const { id } = await openRequest({ kind: "erasure", customerId, ...opened });
    await runErasure(id, dataMap);
    expect(await refusal(zip)).toMatch(/has erased this person/);
    expect(await db().customer.count({ where: { id: customerId } })).toBe(0);
  });

  test("after a byte of it was changed, or where it is cut off or something else", async () => {
    const owner = await makeKnownCustomer();
    const { zip } = await exportOf(owner.id);
    await unknow(owner.id);
    const changed = Buffer.from(zip);
    const at = changed.indexOf("I am mia@example.com");
    changed.write("I am eva@example.com", at);
    expect(await refusal(changed)).toMatch(/was changed since the export was made/);
    expect(await refusal(zip.subarray(0, zip.length - 400))).toMatch(/cut off, or is no ZIP/);
    expect(await refusal(Buffer.from("hello"))).toMatch(/cut off, or is no ZIP/);
    expect(await db().customer.count({ where: { id: owner.id } })).toBe(0);
    expect(await db().wrappedKey.count({ where: { ownerId: owner.id } })).toBe(0);
  });

  test("where an order of the same number is here, and the person is not left half imported", async () => {
    const owner = await makeKnownCustomer();
    const { zip } = await exportOf(owner.id);
    for (const { erase } of dataMap) {
      await erase(owner.id);
    }
    expect(await refusal(zip)).toMatch(/an order of the same number/);
    expect(await db().customer.count({ where: { id: owner.id } })).toBe(0);
    expect(await db().vault.count({ where: { customerId: owner.id } })).toBe(0);
  });
});
