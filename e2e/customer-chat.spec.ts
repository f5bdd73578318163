import { expect, test } from "@/e2e/fixtures";
import {
  answers,
  ask,
  composer,
  conversationOf,
  openChat,
  register,
  signIn,
  write,
} from "@/e2e/support/people";

test("A guest reads that an AI answers, agrees, and gets an answer that cites an article they can open", async ({
  page,
}) => {
  await page.goto("/chat");
  await expect(page.getByText("An AI answers you here", { exact: false })).toBeVisible();
  await openChat(page);
  const answer = await ask(page, "How do I return a jacket that does not fit?");
  const source = answer.getByRole("listitem").getByRole("link").first();
  await expect(source).toBeVisible();
  await source.click();
  const passages = page.getByRole("dialog");
  await expect(passages.getByRole("blockquote").first()).toContainText(/return/i);
  const whole = passages.getByRole("link", { name: "Read the whole page" });
  const [article] = await Promise.all([page.context().waitForEvent("page"), whole.click()]);
  await expect(article.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(article).toHaveURL(/\/help\//);
});

test("A customer asks where their order is and is answered from their own orders", async ({
  page,
}) => {
  await signIn(page, "maya", "/chat");
  await openChat(page);
  await expect(await ask(page, "Where is my order 12345?")).toContainText("12345");
  await expect(answers(page).last()).toContainText(/delay/i);
});

test("A guest is not told about an order that is not theirs", async ({ page }) => {
  await openChat(page);
  const answer = await ask(page, "Where is order 12345?");
  await expect(answer).not.toContainText(/delayed|customs|Zürich|tracking/i);
});

test("A customer who said their name and what they need is remembered later in the conversation", async ({
  page,
}) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and I need a tent for two people.");
  await ask(page, "How long does delivery take?");
  await expect(await ask(page, "What is my name?")).toContainText("Sarah");
});

test("Enter sends and Shift-Enter breaks the line", async ({ page }) => {
  await openChat(page);
  await composer(page).fill("one");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("two");
  await expect(composer(page)).toHaveValue("one\ntwo");
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("");
  await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(1);
});

test("A customer who clicks Send twice sends one message", async ({ page }) => {
  await openChat(page);
  await composer(page).fill("Do you sell gift cards?");
  await page.getByRole("button", { name: "Send" }).dblclick();
  await expect(answers(page)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(1);
});

test("A customer's draft survives a reload", async ({ page }) => {
  await openChat(page);
  await ask(page, "Do you repair tents?");
  await composer(page).fill("half a thought about");
  await page.reload();
  await expect(composer(page)).toHaveValue("half a thought about");
});

test("What somebody was about to write first survives a reload too", async ({ page }) => {
  await openChat(page);
  await composer(page).pressSequentially("my first words");
  await page.reload();
  await expect(composer(page)).toHaveValue("my first words");
});

test("A customer who writes too much is told the limit, and loses nothing", async ({ page }) => {
  await openChat(page);
  const much = "word ".repeat(1_700);
  await composer(page).fill(much);
  await expect(page.getByText("over the limit of 8,000", { exact: false })).toBeVisible();
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue(much);
  await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(0);
});

test("A customer who reloads in the middle of an answer gets the whole of it", async ({ page }) => {
  await openChat(page);
  await write(page, "How do refunds work, and how long do they take?");
  await conversationOf(page);
  await page.reload();
  await expect(answers(page)).toHaveCount(1, { timeout: 20_000 });
  const paragraphs = await answers(page).getByRole("paragraph").allTextContents();
  expect(paragraphs.length).toBeGreaterThan(1);
  await page.reload();
  await expect(answers(page).getByRole("paragraph")).toHaveText(paragraphs);
});

test("A customer with two tabs reads the same conversation in both", async ({ page, context }) => {
  await openChat(page);
  await ask(page, "What does delivery cost?");
  const other = await context.newPage();
  await other.goto(page.url());
  await ask(page, "And how long does it take?");
  await expect(answers(other)).toHaveCount(2);
  await ask(other, "Thank you");
  await expect(answers(page)).toHaveCount(3);
});

test.describe("on a train", () => {
  test.use({ allowErrors: [/ERR_INTERNET_DISCONNECTED/] });

  test("What a customer wrote while offline is kept, says so, and is sent once with Retry", async ({
    page,
    context,
  }) => {
    await openChat(page);
    await ask(page, "What does delivery cost?");
    await context.setOffline(true);
    await composer(page).fill("Is there a store in Berlin?");
    await composer(page).press("Enter");
    await expect(page.getByText("Not sent.", { exact: false })).toBeVisible();
    await expect(page.getByText("You are offline.", { exact: false })).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText("You are offline.", { exact: false })).toBeHidden();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(answers(page)).toHaveCount(2, { timeout: 20_000 });
    await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(2);
  });
});

test("A customer who sends nothing but blanks sends nothing", async ({ page }) => {
  await openChat(page);
  await composer(page).fill("  \n  ");
  await composer(page).press("Enter");
  await ask(page, "Do you sell gift cards?");
  await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(1);
});

test("A customer copies an answer", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openChat(page);
  const answer = await ask(page, "What does delivery cost?");
  await answer.getByRole("button", { name: "Copy answer" }).click();
  const said = await answer.getByRole("paragraph").nth(1).innerText();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(said.slice(0, 20));
});

test("A customer who pastes binary rubbish is answered all the same", async ({ page }) => {
  await openChat(page);
  await composer(page).fill("\u0001\u0007\ufffe\ud800 Do you repair tents?");
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole("article", { name: "You wrote" })).toContainText(
    "Do you repair tents?",
  );
});

test("A customer finds an earlier conversation again", async ({ page }) => {
  await register(page, "Ines Duarte");
  await openChat(page);
  await ask(page, "Which boots are good for snow?");
  await page.goto("/chat/earlier");
  await page.getByRole("link", { name: /^Which boots are good for snow/ }).click();
  await expect(answers(page)).toHaveCount(1);
});

test("A customer says that an answer did not help", async ({ page }) => {
  await openChat(page);
  const answer = await ask(page, "How do I wash a down jacket?");
  await answer.getByRole("button", { name: "This did not help" }).click();
  await expect(answer.getByRole("button", { name: "This did not help" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.reload();
  await expect(
    answers(page).last().getByRole("button", { name: "This did not help" }),
  ).toHaveAttribute("aria-pressed", "true");
});

for (const [what, text] of [
  ["right to left", "مرحبا، أين طلبي؟"],
  ["emoji", "👩‍👩‍👧‍👦 🏔️ where is it?"],
  ["markup and script", "<img src=x onerror=alert(1)><script>alert(2)</script> **hi**"],
] as const) {
  test(`A customer's ${what} stands on the page as it was typed`, async ({ page }) => {
    await openChat(page);
    await ask(page, text);
    await expect(page.getByRole("article", { name: "You wrote" })).toContainText(text);
    await page.reload();
    await expect(page.getByRole("article", { name: "You wrote" })).toContainText(text);
  });
}

test("Another customer's conversation looks as if it did not exist", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "My secret plan is a tent in the garden.");
  const address = page.url();
  const stranger = await arrive();
  await openChat(stranger);
  await stranger.goto(address);
  await expect(stranger.getByText("secret plan")).toHaveCount(0);
  await expect(stranger).not.toHaveURL(address);
  const answer = await stranger.request.get(`/api/stream/${address.split("/").at(-1)}`);
  expect(answer.status()).toBe(404);
});
