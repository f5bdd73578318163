import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { placeOrder } from "@/e2e/support/orders";
import { answers, composer, people, register } from "@/e2e/support/people";
import { askForCopy, confirmByCode } from "@/e2e/support/requests";

test.use({ javaScriptEnabled: false });

async function agree(page: Page): Promise<void> {
  await page.goto("/chat");
  await page.getByRole("button", { name: "Agree and chat" }).click();
  await expect(composer(page)).toBeVisible();
}

/** Sends the form and reloads until as many answers stand there as were asked for. */
async function ask(page: Page, text: string, count: number): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("article", { name: "You wrote" }).last()).toContainText(text);
  await expect(async () => {
    await page.reload();
    await expect(answers(page)).toHaveCount(count, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

test("A customer without JavaScript agrees, writes, and reads the answer after a reload", async ({
  page,
}) => {
  await agree(page);
  await ask(page, "How do I return a jacket that does not fit?", 1);
  await expect(answers(page)).toContainText(/return/i);
  await ask(page, "And what does delivery cost?", 2);
});

test("A customer without JavaScript confirms a cancellation, and reads that it was done", async ({
  page,
}) => {
  const number = await placeOrder(await register(page, "Nell Hart"));
  await agree(page);
  await ask(page, `Please cancel my order ${number}`, 1);
  const card = page.getByRole("region", { name: `Cancel order ${number}` });
  await expect(card).toContainText("Nothing happens before you confirm");
  const address = page.url();
  await card.getByRole("button", { name: "Cancel the order" }).click();
  await expect(card.getByRole("button")).toHaveCount(0);
  await expect(async () => {
    await page.goto(address);
    await expect(card).toContainText(`Order ${number} was cancelled`, { timeout: 500 });
    await expect(answers(page)).toHaveCount(2, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

test("A customer without JavaScript has what is remembered forgotten", async ({ page }) => {
  await agree(page);
  await ask(page, "Hi, my name is Sarah.", 1);
  await ask(page, "My order is 99887.", 2);
  await page.goto("/memory");
  await expect(page.getByText("99887").first()).toBeVisible();
  await page.getByRole("button", { name: "Forget 99887" }).click();
  await page.goto("/memory");
  await expect(page.getByRole("button", { name: "Forget 99887" })).toHaveCount(0);
  await page.getByRole("link", { name: "Forget everything …" }).click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await expect(page.getByText("Nothing is remembered", { exact: true })).toBeVisible();
});

test("A customer without JavaScript asks for a copy of their data and for its erasure", async ({
  page,
}) => {
  await agree(page);
  await askForCopy(page);
  await confirmByCode(page, "A copy of your data");
  await expect(page.getByText("We have your request")).toBeVisible();
  await page.goto("/privacy");
  await page.getByRole("link", { name: "Have it erased …" }).click();
  await page.getByLabel("Yes, erase everything about me").check();
  await page.getByRole("button", { name: "Ask for erasure" }).click();
  await confirmByCode(page, "Erasure of your data");
  await expect(page.getByText("We have your request")).toBeVisible();
  await expect(page.getByText("Erasure of your data").first()).toBeVisible();
});

test("A customer without JavaScript signs in and sees their own conversations", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(people.maya.email);
  await page.getByLabel("Password").fill(people.maya.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/chat/earlier");
  await expect(page.getByRole("main").getByRole("link", { name: /12345/ }).first()).toBeVisible();
});

test("A visitor without JavaScript reaches the chat from the shop's page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Ask us anything" }).click();
  await expect(page.getByRole("button", { name: "Agree and chat" })).toBeVisible();
});
