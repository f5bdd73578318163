import { type Page, test } from "@playwright/test";
import { answers, ask, openChat, signIn } from "./support/people";

const folder = "public/readme";

const sizes = {
  desktop: { width: 1280, height: 820 },
  phone: { width: 390, height: 820 },
} as const;

async function picture(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await page.mouse.move(0, 0);
      await page.screenshot({
        path: `${folder}/${name}-${size}-${scheme}.png`,
        animations: "disabled",
      });
    }
  }
}

test("a customer's pages", async ({ page }) => {
  await page.goto("/");
  await picture(page, "start");
  await page.goto("/help/returns");
  await picture(page, "article");
  await signIn(page, "maya", "/chat");
  await openChat(page);
  await ask(page, "Hi, where is my order 12345?");
  await ask(page, "How do I return a jacket that does not fit?");
  await answers(page).last().scrollIntoViewIfNeeded();
  await picture(page, "chat");
  await ask(page, "Please cancel my order ORD-802177");
  const change = page.getByRole("button", { name: "Not now" });
  await change.scrollIntoViewIfNeeded();
  await picture(page, "proposal");
  // The next run finds the order as it was.
  await change.click();
  await page.goto("/memory");
  await picture(page, "memory");
  await page.goto("/privacy");
  await picture(page, "privacy");
});

test("a lead's and an admin's pages", async ({ page }) => {
  await signIn(page, "admin", "/desk");
  await picture(page, "inbox");
  // The one who waits for a person stands first.
  await page
    .getByRole("main")
    .getByRole("link", { name: /^Customer/ })
    .first()
    .click();
  await page.getByRole("log").waitFor();
  await picture(page, "conversation");
  for (const [name, path] of [
    ["summaries", "/desk/summaries"],
    ["knowledge", "/desk/knowledge"],
    ["requests", "/admin/requests"],
    ["retention", "/admin/retention"],
    ["consent", "/admin/consent"],
    ["record", "/admin/record"],
    ["audit", "/admin/audit"],
    ["articles", "/admin/articles"],
    ["connectors", "/admin/connectors"],
    ["memory-panel", "/admin/memory"],
    ["people", "/admin/people"],
    ["status", "/admin/status"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await picture(page, name);
  }
});
