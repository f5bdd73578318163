import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readLocomo } from "./locomo";
import { Placeholders } from "./placeholders";

function read(conversation: object, qa: object[]) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "locomo-")), "data.json");
  writeFileSync(file, JSON.stringify([{ sample_id: "one", conversation, qa }]));
  return readLocomo(file)[0];
}

test("sessions become one conversation in placeholder form, and questions keep the evidence that is there", () => {
  const dialogue = read(
    {
      speaker_a: "Maria",
      speaker_b: "John",
      session_1_date_time: "1:56 pm on 8 May, 2023",
      session_1: [{ speaker: "Maria", dia_id: "D1:1", text: "Write to maria@example.org." }],
      session_2_date_time: "12:09 am on 3 June, 2023",
      session_2: [{ speaker: "John", dia_id: "D2:1", text: "I did.", img_url: [] }],
    },
    [
      { question: "Is it maria@example.org?", category: 1, evidence: ["D1:1; D2:1", "D9:9"] },
      { question: "Never said", category: 5, evidence: ["D1:1"] },
      { question: "Without evidence", category: 2, evidence: [] },
    ],
  );
  expect(dialogue?.messages).toMatchObject([
    {
      seq: 1,
      role: "customer",
      text: "Write to [EMAIL_1].",
      createdAt: "2023-05-08T13:56:00.000Z",
    },
    { seq: 2, role: "assistant", text: "I did.", createdAt: "2023-06-03T00:09:00.000Z" },
  ]);
  expect(dialogue?.questions).toEqual([{ text: "Is it [EMAIL_1]?", evidence: ["D1:1", "D2:1"] }]);
});

test("a value has one placeholder wherever it stands, and is put back", () => {
  const placeholders = new Placeholders();
  const texts = ["Mail a@example.org", "or b@example.org, not A@example.org"];
  const redacted = texts.map((text) => placeholders.redact(text));
  expect(redacted).toEqual(["Mail [EMAIL_1]", "or [EMAIL_2], not [EMAIL_1]"]);
  expect(placeholders.restore(redacted.join(" "))).toBe(
    "mail a@example.org or b@example.org, not a@example.org",
  );
});
