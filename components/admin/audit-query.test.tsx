import { expect, test } from "vitest";
import { auditFileHref, auditHref, momentsOf, readAuditQuery } from "./audit-query";
import { actorText, metadataText } from "./audit-words";

test("a filter's address asks for the same again", () => {
  const asked = {
    action: "values_revealed",
    actor: "customer",
    anonymizedUser: "0123456789abcdef",
    before: 41,
    fromDay: "2026-11-01",
    untilDay: "2026-11-23",
  };
  const query = Object.fromEntries(new URL(auditHref(asked), "http://desk.invalid").searchParams);
  expect(readAuditQuery(query)).toEqual(asked);
});

test("a file holds what the page shows and the pages behind it", () => {
  expect(auditFileHref({ actor: "customer", before: 41 }, "csv")).toBe(
    "/admin/audit/file/csv?actor=customer",
  );
});

test("what cannot be read in an address is left out", () => {
  expect(
    readAuditQuery({ action: "make_coffee", before: "-3", user: "  ", from: "2026-13-99" }),
  ).toEqual({
    action: undefined,
    actor: undefined,
    anonymizedUser: undefined,
    before: undefined,
    fromDay: undefined,
    untilDay: undefined,
  });
});

test("both days of a span are in it", () => {
  expect(momentsOf({ fromDay: "2026-11-01", untilDay: "2026-11-01" })).toEqual({
    from: new Date("2026-11-01T00:00:00Z"),
    until: new Date("2026-11-02T00:00:00Z"),
  });
});

test("a colleague stands by name, and one who is unknown by their id", () => {
  const id = "0192f3aa-0000-7000-8000-000000000001";
  expect(actorText(id, new Map([[id, "Ana Reyes"]]))).toBe("Ana Reyes");
  expect(actorText(id, new Map())).toBe("Staff 0192f3aa");
});

test("an entry's ids are shortened and its words are readable", () => {
  const requestId = "0192f3aa-0000-7000-8000-0000deadbeef";
  expect(metadataText({ requestId, reason: "asked_by_mail" })).toBe(
    "request id …deadbeef · reason asked by mail",
  );
});
