import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { newCustomer } from "@/e2e/support/desk";
import { ask, askForPerson, conversationOf, openChat } from "@/e2e/support/people";
import { askForCopy } from "@/e2e/support/requests";

const HEIGHT = 800;

const screens = [
  { width: 1280, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** Every address on a light desktop and a dark phone: each layout and each colour once; and as narrow as a phone zoomed in. */
async function look(page: Page, addresses: readonly string[]): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const address of addresses) {
    await page.setViewportSize({ width: 1280, height: HEIGHT });
    await page.goto(address);
    await expect(page.getByRole("heading").first()).toBeVisible();
    for (const { width, colorScheme } of screens) {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await expectAccessible(page);
    }
    await page.setViewportSize({ width: 320, height: HEIGHT });
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest, `${address} scrolls sideways at 320 px`).toBeLessThanOrEqual(320);
  }
}

/** Colours that are on their way to another scheme are nobody's to judge. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

test.describe.configure({ timeout: 180_000 });

test("A visitor who cannot see or point uses every public page", async ({ page }) => {
  await look(page, [
    "/",
    "/chat",
    "/memory",
    "/privacy",
    "/help",
    "/sign-in",
    "/register",
    "/reply/worthless",
  ]);
  await page.goto("/help");
  const article = page.getByRole("main").getByRole("listitem").getByRole("link").first();
  await look(page, [(await article.getAttribute("href")) ?? ""]);
});

test.describe("on a page that is not there", () => {
  test.use({ allowErrors: [/status of 404/] });

  test("A visitor who cannot see or point finds the way back", async ({ page }) => {
    await look(page, ["/no/such/page", "/help/no-such-article", "/invite/worthless"]);
  });
});

test("A customer who cannot see or point uses every page of theirs", async ({ arrive }) => {
  const { page, password } = await newCustomer(arrive, "Ines Duarte");
  await openChat(page);
  await ask(page, "My order is 99887. How do I return a jacket that does not fit?");
  const chat = page.url();
  await askForCopy(page, password);
  await expect(page.getByText("We have your request")).toBeVisible();
  await look(page, [
    chat,
    "/chat",
    "/chat/earlier",
    "/memory",
    "/memory?forget=everything",
    "/privacy?ask=erasure",
    "/privacy?ask=rectification",
    "/account",
  ]);
});

test("A lead who cannot see or point works at the desk", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "The zip of my tent is torn, please write to noor@example.org.");
  await askForPerson(page);
  const lead = await arrive("lead");
  const conversation = `/desk/${await conversationOf(page)}`;
  await look(lead, ["/desk", conversation, "/desk/summaries", "/desk/summaries?q=tent"]);
});

test("An admin who cannot see or point uses every page of the administration", async ({
  arrive,
}) => {
  const admin = await arrive("admin");
  await admin.goto("/admin/articles");
  const article = admin.getByRole("rowheader").getByRole("link").first();
  await look(admin, [
    "/admin/requests",
    "/admin/retention",
    "/admin/consent",
    "/admin/audit",
    "/admin/articles",
    (await article.getAttribute("href")) ?? "",
    "/admin/articles/new",
    "/admin/memory",
    "/admin/connectors",
    "/admin/people",
    "/admin/status",
  ]);
});

test("An admin with a keyboard only passes the navigation, opens a dialog and comes back to where they were", async ({
  arrive,
}) => {
  const admin = await arrive("admin");
  await admin.goto("/admin/requests");
  const opener = admin.getByRole("button", { name: "Open a request" });
  await expect(opener).toBeVisible();
  await admin.keyboard.press("Tab");
  await expect(admin.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await admin.keyboard.press("Enter");
  await expect(admin.getByRole("main")).toBeFocused();
  await admin.keyboard.press("Tab");
  await expect(opener).toBeFocused();
  await admin.keyboard.press("Enter");
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "Who" })).toBeVisible();
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await admin.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});
