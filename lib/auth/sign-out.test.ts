import { expect, test } from "vitest";
import { signOut } from "./sign-out";

const from = (site: string) => new Request("http://here/", { headers: { "sec-fetch-site": site } });

test("signing out deletes both cookies and clears what the browser kept", () => {
  const answer = signOut(from("same-origin"));
  expect(answer?.headers.get("Clear-Site-Data")).toBe('"cache", "cookies", "storage"');
  const deleted = answer?.headers.getSetCookie() ?? [];
  expect(deleted).toHaveLength(2);
  expect(deleted.every((line) => line.includes("Max-Age=0"))).toBe(true);
});

test("another site cannot sign anybody out", () => {
  expect(signOut(from("cross-site"))).toBeNull();
  expect(signOut(from("same-site"))).toBeNull();
});
