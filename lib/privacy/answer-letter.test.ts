import { expect, test } from "vitest";
import { writeLetter } from "./answer-letter";
import { type DataRequestView, RequestKind } from "./schema-request";

const request: DataRequestView = {
  id: "019aaf3e-0000-7000-8000-00001234abcd",
  kind: "export",
  state: "done",
  customerId: null,
  pseudonym: "0123456789abcdef",
  openedBy: "staff",
  reason: "asked_by_mail",
  receivedAt: "2026-11-02T00:00:00.000Z",
  dueAt: "2026-12-02T00:00:00.000Z",
  extended: null,
  refusalReason: null,
  duplicateOfId: null,
  joinedToId: null,
  confirmedBy: "staff",
  runAfter: null,
  lifted: null,
  answer: null,
  startedAt: null,
  finishedAt: null,
  steps: [],
  failure: null,
  download: null,
  receiptId: null,
  foundIn: [],
};

test("that we hold nothing about somebody is an answer, and names nobody", () => {
  const letter = writeLetter({ ...request, answer: "nothing_held" });
  expect(letter?.subject).toBe("Your request of 2 November 2026, number 1234abcd");
  expect(letter?.paragraphs[0]).toContain("access to your personal data (Art. 15 and 20 GDPR)");
  expect(letter?.paragraphs[1]).toContain("We hold nothing about you");
  expect(JSON.stringify(letter)).not.toContain(request.pseudonym);
});

test("every kind that was done, refused or given more time has a letter that says so and how to complain", () => {
  for (const kind of RequestKind.options) {
    const letters = [
      writeLetter({ ...request, kind }),
      writeLetter({ ...request, kind, state: "refused", refusalReason: "unfounded" }),
      writeLetter({
        ...request,
        kind,
        state: "received",
        dueAt: "2027-02-02T00:00:00.000Z",
        extended: { at: "2026-11-20T00:00:00.000Z", reason: "complex" },
      }),
    ].map((letter) => letter?.paragraphs.join(" ") ?? "");
    expect(letters.every((text) => text.includes("data protection authority"))).toBe(true);
    expect(letters[1]).toContain("Art. 12(5)");
    expect(letters[2]).toContain("by 2 February 2027 at the latest");
  }
});

test("there is no letter while there is nothing to say", () => {
  expect(writeLetter({ ...request, state: "received" })).toBeNull();
});
