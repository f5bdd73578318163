import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { unzip } from "@/lib/unzip-for-tests";
import {
  anonymizeUserId,
  expireExports,
  findRequest,
  openExport,
  openRequest,
  runExport,
} from "./index";
import { exportPath } from "./store-export";
import { db, makeCustomer, makeKnownCustomer } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const lead = { kind: "staff", id: newId(), role: "lead" } as const;

async function exported(customerId: string): Promise<string> {
  const opening = { kind: "export", customerId, openedBy: "staff", openedById: admin.id } as const;
  const { id } = await openRequest({ ...opening, reason: "asked_by_mail" });
  await runExport(id, dataMap);
  return id;
}

async function download(
  requestId: string,
  asker: Parameters<typeof openExport>[1],
): Promise<Buffer> {
  const { stream } = await openExport(requestId, asker);
  return Buffer.from(await new Response(stream).arrayBuffer());
}

function json(files: Map<string, Buffer>, name: string) {
  return JSON.parse(files.get(name)?.toString("utf8") ?? "null");
}

test("a customer's export holds all that is theirs, with their own values", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await exported(owner.id);
  const files = unzip(await download(requestId, { kind: "customer", id: owner.id }));
  expect(json(files, "data.json")).toMatchObject({
    userId: anonymizeUserId(owner.id),
    data: [
      {
        conversationId: owner.conversationId,
        summary: "Asked by mia@example.com.",
        messageCount: 2,
      },
    ],
  });
  expect(Object.keys(json(files, "data.json"))).toEqual(["userId", "exportDate", "data"]);
  const [message] = json(files, "records/Message.json");
  expect(message.body).toContain("I am mia@example.com, call 555-123-4567.");
  expect(json(files, "records/ShopOrder.json")).toMatchObject([
    { recipient: "Mia Silva", address: "Lindenstrasse 5, Leipzig", items: [{ name: "Tent" }] },
  ]);
  expect(json(files, "records/Vault.json")).toHaveLength(2);
  expect(json(files, "records/Fact.json")).toMatchObject([{ body: "has a dog" }]);
});

test("the page of an export reads offline and runs no script of a message", async () => {
  const owner = await makeKnownCustomer();
  const files = unzip(await download(await exported(owner.id), admin));
  const page = files.get("index.html")?.toString("utf8") ?? "";
  expect(page).toContain("mia@example.com");
  expect(page).toContain("&lt;script&gt;");
  expect(page).not.toMatch(/<script|https?:|src=|href=/);
});

test("the manifest counts every record and has every file's checksum", async () => {
  const owner = await makeKnownCustomer();
  const files = unzip(await download(await exported(owner.id), admin));
  const { files: listed } = json(files, "manifest.json") as {
    files: { name: string; sha256: string; bytes: number; records: number }[];
  };
  expect(listed.map(({ name }) => name).sort()).toEqual(
    [...files.keys()].filter((name) => name !== "manifest.json").sort(),
  );
  for (const { name, sha256, bytes } of listed) {
    const content = files.get(name) ?? Buffer.alloc(0);
    expect([createHash("sha256").update(content).digest("hex"), content.length]).toEqual([
      sha256,
      bytes,
    ]);
  }
  expect(listed.find(({ name }) => name === "records/Message.json")?.records).toBe(2);
});

test("an export is sealed at rest, and does not open after a byte of it changed", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await exported(owner.id);
  const { id } = await db().exportFile.findFirstOrThrow({ where: { requestId } });
  const file = await readFile(exportPath(id));
  for (const value of ["mia@example.com", "data.json", "index.html"]) {
    expect(file.includes(value)).toBe(false);
  }
  file[40] = (file[40] ?? 0) ^ 1;
  await writeFile(exportPath(id), file);
  await expect(download(requestId, admin)).rejects.toThrow();
});

test("another customer and a lead cannot open an export, and its owner still can", async () => {
  const [owner, stranger] = [await makeKnownCustomer(), await makeCustomer()];
  const requestId = await exported(owner.id);
  for (const asker of [{ kind: "customer", id: stranger.id } as const, lead]) {
    await expect(openExport(requestId, asker)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await download(requestId, { kind: "customer", id: owner.id })).length).toBeGreaterThan(
    500,
  );
});

test("an export is gone after seven days, key and file", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await exported(owner.id);
  const { id } = await db().exportFile.findFirstOrThrow({ where: { requestId } });
  const later = new Date(Date.now() + 7 * 86_400_000 + 1_000);
  await expect(openExport(requestId, admin, later)).rejects.toMatchObject({
    code: "export_expired",
  });
  await db().exportFile.update({ where: { id }, data: { expiresAt: new Date() } });
  expect(await expireExports()).toBeGreaterThan(0);
  await expect(readFile(exportPath(id))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await db().wrappedKey.count({ where: { ownerId: id } })).toBe(0);
  await expect(openExport(requestId, admin)).rejects.toMatchObject({ code: "not_found" });
});

test("a run that failed says why by a code, and the next one makes the export", async () => {
  const owner = await makeKnownCustomer();
  const opening = { kind: "export", customerId: owner.id, openedBy: "staff" } as const;
  const { id } = await openRequest({ ...opening, openedById: admin.id, reason: "other" });
  const broken = dataMap.map((entry) =>
    entry.name === "Fact"
      ? {
          ...entry,
          collect: async function* () {
            yield await Promise.reject(new Error("Mia's row is broken"));
          },
        }
      : entry,
  );
  await expect(runExport(id, broken)).rejects.toThrow();
  expect(await findRequest(admin, id)).toMatchObject({
    state: "failed",
    failure: "unexpected",
    download: null,
  });
  await runExport(id, dataMap);
  expect(await findRequest(admin, id)).toMatchObject({ state: "done", failure: null });
  expect(await db().exportFile.count({ where: { requestId: id } })).toBe(1);
});
