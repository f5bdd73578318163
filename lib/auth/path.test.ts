import fc from "fast-check";
import { expect, test } from "vitest";
import { landing, safePath } from "./path";

test("a way back leads to this site only", () => {
  expect(safePath("/chat/1?x=2#y")).toBe("/chat/1?x=2#y");
  const elsewhere = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/ok\\..\\evil",
    "/..//evil.example",
    "/a/..//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "chat",
    "",
    null,
    undefined,
  ];
  for (const path of elsewhere) {
    expect(safePath(path)).toBeNull();
  }
});

test("whatever is asked for, the answer stays on this host", () => {
  fc.assert(
    fc.property(
      fc
        .array(
          fc.constantFrom("/", "..", ".", "\\", "%2e", "evil.example", "@", ":", "\t", "?", "#"),
        )
        .map((parts) => parts.join("")),
      (text) => {
        const path = safePath(`/${text}`);
        return path === null || new URL(path, "http://here.example").host === "here.example";
      },
    ),
  );
});

test("everybody lands where they belong, or where they came from if they may be there", () => {
  const customer = { kind: "customer" } as const;
  const lead = { kind: "staff", role: "lead" } as const;
  const admin = { kind: "staff", role: "admin" } as const;
  expect(landing(customer)).toBe("/chat");
  expect(landing(lead)).toBe("/desk");
  expect(landing(admin)).toBe("/admin");
  expect(landing(customer, "/memory")).toBe("/memory");
  expect(landing(customer, "/admin/people")).toBe("/chat");
  expect(landing(lead, "/desk/1")).toBe("/desk/1");
  expect(landing(lead, "/admin")).toBe("/desk");
  expect(landing(lead, "/admin/status")).toBe("/admin/status");
  expect(landing(lead, "/admin/status/../people")).toBe("/desk");
  expect(landing(admin, "/admin/audit?x=1")).toBe("/admin/audit?x=1");
  expect(landing(admin, "/sign-in")).toBe("/admin");
  expect(landing(customer, "//evil.example")).toBe("/chat");
});
