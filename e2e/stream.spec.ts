import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { join, openAtDesk, takeOver } from "@/e2e/support/desk";
import { answers, ask, composer, conversationOf, openChat, write } from "@/e2e/support/people";
import { openShop } from "@/e2e/support/shop";

/** The streams that a browser has asked for and not let go of, and how often it asked. */
function streamsOf(context: BrowserContext) {
  const open = new Set<unknown>();
  const seen = { asked: 0, open };
  context.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/api/stream/")) {
      seen.asked += 1;
      open.add(request);
    }
  });
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  return seen;
}

const questions = (page: Page) => page.getByRole("article", { name: "You wrote" });

test("A customer's two tabs read one stream, and the second reads on when the first is closed", async ({
  page,
}) => {
  const streams = streamsOf(page.context());
  await openChat(page);
  await ask(page, "What does delivery cost?");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(answers(other)).toHaveCount(1);
  await ask(page, "Do you repair tents?");
  await expect(answers(other)).toHaveCount(2);
  const words = await answers(page).last().textContent();
  await expect(answers(other).last()).toHaveText(words ?? "");
  expect(streams.open.size).toBe(1);
  expect(streams.asked).toBe(1);

  await page.close();
  await expect.poll(() => streams.asked).toBe(2);
  await ask(other, "How long do I have to return things?");
  await expect(questions(other)).toHaveCount(3);
  expect(streams.asked).toBe(2);
});

test.describe("when the session has ended", () => {
  test.use({ allowErrors: [/status of 401|ERR_INTERNET_DISCONNECTED/] });

  test("A customer is told to sign in, and the page stops asking", async ({ page }) => {
    const streams = streamsOf(page.context());
    await openChat(page);
    await ask(page, "What does delivery cost?");
    await composer(page).fill("I was about to say");
    await page.context().clearCookies();
    // A connection that was away is opened anew, and the server does not know them any more.
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await expect(page.getByText("Your session has ended")).toBeVisible();
    await expect(page.getByRole("link", { name: "Sign in" }).last()).toBeVisible();
    await expect(page.getByText("You are offline.", { exact: false })).toHaveCount(0);
    await expect(composer(page)).toHaveValue("I was about to say");
    await expect(answers(page)).toHaveCount(1);
    expect(streams.open.size).toBe(0);
  });
});

test.describe("with a model that speaks slowly", () => {
  const shop = openShop();

  test("What a take-over interrupted reads the same for the customer, for the lead and after a reload", async ({
    arrive,
  }) => {
    const words = Array.from({ length: 120 }, (_, at) => `word${at + 1}`).join(" ");
    shop.model.script({ steps: [{ text: words, tokenDelayMs: 200 }], repeat: true });
    const page = await arrive(null, { baseURL: shop.product.url });
    await openChat(page);
    await write(page, "Tell me at length.");
    const id = await conversationOf(page);
    const lead = await arrive(null, { baseURL: shop.product.url });
    await join(lead, shop.adminLink, "Astrid Berg");
    await openAtDesk(lead, id);
    await expect(page.getByRole("article", { name: "Answer being written" })).toContainText(
      "word9",
    );
    await takeOver(lead);
    await expect(answers(page)).toContainText("This answer was stopped");
    const shown = async (at: Page) =>
      /word1( word\d+)*/.exec((await at.getByRole("log").textContent()) ?? "")?.[0];
    const stored = await shown(page);
    expect(stored).toContain("word9");
    await expect.poll(() => shown(lead)).toBe(stored);
    await Promise.all([page.reload(), lead.reload()]);
    await expect(answers(page)).toContainText("This answer was stopped");
    expect(await shown(page)).toBe(stored);
    await expect.poll(() => shown(lead)).toBe(stored);
  });
});
