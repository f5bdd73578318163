import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { expect, test } from "vitest";
import { config } from "@/proxy";

const matches = (url: string, headers: Record<string, string> = {}) =>
  unstable_doesMiddlewareMatch({ config, url, headers });

test("every page and every form sent without JavaScript gets the page's headers", () => {
  for (const url of ["/", "/chat", "/desk/summaries?q=a", "/admin", "/privacy", "/api/live"]) {
    expect(matches(url), url).toBe(true);
  }
});

test("files of the build, and actions that a page's script calls, do not pass by there", () => {
  expect(matches("/_next/static/chunks/a.js")).toBe(false);
  expect(matches("/chat", { "next-action": "40f0" })).toBe(false);
});
