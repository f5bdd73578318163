import { beforeAll, describe, expect, test, vi } from "vitest";
import { dataMap } from "./data-map";
import { exportOf, filesOf, livedCustomer } from "./export-for-tests";
import { newId } from "./id";
import { keyOf, openRedactedExport } from "./privacy";
import { categoriesOf } from "./privacy/export-content";

// Each is a whole life of a customer.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Lived = Awaited<ReturnType<typeof livedCustomer>>;
type Exported = Awaited<ReturnType<typeof exportOf>>;
let lived: Lived;
let other: Lived;
let exported: Exported;

beforeAll(async () => {
  lived = await livedCustomer();
  other = await livedCustomer("wombatsilk");
  exported = await exportOf(lived.caller.id);
});

describe("an export", () => {
  test("holds every kind of data: what was said, derived, asked, rated, agreed, and who did what", () => {
    const { json } = exported;
    const names = (file: string) => json(`records/${file}.json`);
    const roles = names("Message").map(({ role }: { role: string }) => role);
    for (const role of ["customer", "assistant", "staff", "tool", "boundary", "note"]) {
      expect(roles).toContain(role);
    }
    expect(names("CaseSummary").map(({ version }: { version: number }) => version)).toEqual([1, 2]);
    expect(names("Fact")).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ messageId: expect.any(String) })]),
    );
    expect(names("HandOff")).toMatchObject([{ reason: "customer_asked", takenBy: "support team" }]);
    expect(names("Rating")).toMatchObject([{ value: -1 }]);
    expect(names("Consent")).toMatchObject([{ memory: true, textVersion: expect.any(Number) }]);
    expect(names("Memory")).toHaveLength(1);
    expect(names("Customer")).toHaveLength(1);
    expect(names("Turn").length).toBeGreaterThan(1);
    expect(names("AuditLog")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ who: "support lead", action: "values_revealed" }),
        expect.objectContaining({ who: "support lead", action: "summary_edited" }),
        expect.objectContaining({ who: "you", action: "request_opened" }),
      ]),
    );
    expect(names("Sessions")).toEqual([]);
  });

  test("has a schema for each kind, and every record fits it", async () => {
    const key = await keyOf(lived.caller);
    const categories = await categoriesOf(key, dataMap);
    expect(categories.length).toBeGreaterThan(15);
    for (const { name, shape } of categories) {
      const schema = exported.json(`schemas/${name}.schema.json`);
      expect(schema).toMatchObject({ title: name, type: "array" });
      for (const record of exported.json(`records/${name}.json`)) {
        const parsed = shape.safeParse(record);
        expect({ name, issues: parsed.error?.issues ?? [] }).toEqual({ name, issues: [] });
        expect(Object.keys(record).filter((each) => !(each in schema.items.properties))).toEqual(
          [],
        );
      }
    }
    expect(exported.json("schemas/Message.schema.json").items.properties).toMatchObject({
      role: { enum: expect.arrayContaining(["customer", "tool"]) },
      seq: { type: "integer" },
      createdAt: { format: "date-time" },
    });
  });

  test("has what was said as plain text in its order, and no note of the team in it", () => {
    const text = exported.files.get("transcript.txt") ?? "";
    const [asked, answered, joined] = [
      text.indexOf("You: Hi, my name is Zebulon Quist and I prefer quokkawool."),
      text.indexOf("Support team: I look into it."),
      text.indexOf("A person has joined the conversation."),
    ];
    expect(asked).toBeGreaterThan(0);
    expect(joined).toBeGreaterThan(asked);
    expect(answered).toBeGreaterThan(joined);
    expect(text).toContain('It says "soon" {1}.');
    expect(text).not.toContain("Sounds annoyed");
    expect(JSON.stringify(exported.json("records/Message.json"))).toContain("Sounds annoyed");
  });

  test("makes the eight statements of Art. 15, with who receives the data", () => {
    const { controller, article15 } = exported.json("about.json");
    expect(controller).toEqual({ name: "Fellside", contact: "privacy@fellside.example" });
    const letters = article15.map(({ letter }: { letter: string }) => letter);
    expect(letters).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
    for (const { title, lines } of article15) {
      expect(title.length).toBeGreaterThan(10);
      expect(lines.length).toBeGreaterThan(0);
      expect(exported.files.get("index.html")).toContain(title);
    }
    expect(JSON.stringify(article15[2].lines)).toContain("the support team of Fellside");
    expect(JSON.stringify(article15[6].lines)).toContain("concluded by the assistant");
  });

  test("says nothing of a colleague but that they are of the team", () => {
    for (const [name, text] of exported.files) {
      for (const value of [lived.lead.id, lived.lead.name, lived.lead.email]) {
        expect({ name, holds: text.includes(value) }).toEqual({ name, holds: false });
      }
    }
    expect(exported.json("records/CaseSummary.json")[1]).toMatchObject({
      author: "support team",
      body: { author: "support team" },
    });
  });

  test("of one customer holds nothing of another who said nearly the same to the same lead", () => {
    const all = [...exported.files.values()].join("\n");
    expect(all).toContain("quokkawool");
    for (const value of [other.caller.id, other.conversationId, "wombatsilk"]) {
      expect(all).not.toContain(value);
    }
  });

  test("counts every record in its manifest, and says where each kind comes from", () => {
    const { files, origin } = exported.json("manifest.json");
    for (const { name, records } of files) {
      if (name.startsWith("records/")) {
        expect({ name, records }).toEqual({ name, records: exported.json(name).length });
      }
    }
    expect(origin).toMatchObject({ Fact: "inferred", Message: "told", Turn: "observed" });
  });
});

describe("an export with everything redacted", () => {
  const admin = { kind: "staff", id: newId(), role: "admin" } as const;
  const making = { dataMap, controller: { name: "Fellside", contact: null }, now: new Date() };

  test("says what happened and not to whom, and is written down", async () => {
    const { stream, name } = await openRedactedExport(exported.requestId, admin, making);
    const files = filesOf(Buffer.from(await new Response(stream).arrayBuffer()));
    for (const value of ["Zebulon", "Quist", "zeb.quist@example.com", lived.caller.id]) {
      for (const [file, text] of files) {
        expect({ file, value, holds: text.includes(value) }).toEqual({ file, value, holds: false });
      }
      expect(name).not.toContain(value);
    }
    expect(files.get("transcript.txt")).toContain("my name is [REDACTED] and I prefer quokkawool");
    expect(files.get("index.html")).toContain("quokkawool");
    expect(files.has("records/Vault.json")).toBe(false);
    const log = JSON.parse(files.get("records/AuditLog.json") ?? "[]");
    expect(log.at(-1)).toMatchObject({ action: "export_redacted_downloaded" });
  });

  test("is for admins only, and of somebody who is not there it is absent", async () => {
    const lead = { ...admin, role: "lead" } as const;
    const owner = { kind: "customer", id: lived.caller.id } as const;
    for (const asker of [lead, owner]) {
      await expect(openRedactedExport(exported.requestId, asker, making)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(openRedactedExport(newId(), admin, making)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
