import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { openAtDesk, takeOver } from "@/e2e/support/desk";
import { placeOrder } from "@/e2e/support/orders";
import { answers, ask, conversationOf, openChat, register } from "@/e2e/support/people";

const card = (page: Page, number: string) =>
  page.getByRole("region", { name: `Cancel order ${number}` });
const confirm = (page: Page) => page.getByRole("button", { name: "Cancel the order" });

/** A customer who has been shown what the cancellation of their order would be. */
async function askToCancel(page: Page, name: string): Promise<string> {
  const number = await placeOrder(await register(page, name));
  await openChat(page);
  await ask(page, `Please cancel my order ${number}`);
  await expect(card(page, number)).toContainText("Nothing happens before you confirm");
  return number;
}

test("A customer reads what a cancellation would do, confirms it, and is told what was done", async ({
  page,
}) => {
  const number = await askToCancel(page, "Nora Beck");
  await expect(card(page, number)).toContainText("Lowdale tent for two");
  await expect(card(page, number)).toContainText("cannot be undone");
  await expectAccessible(page);
  await confirm(page).focus();
  await page.keyboard.press("Enter");
  await expect(card(page, number)).toContainText(`Order ${number} was cancelled`);
  await expect(answers(page).last()).toContainText(`Order ${number} was cancelled`);
  await expect(card(page, number)).toBeFocused();
  await expect(await ask(page, `Where is my order ${number}?`)).toContainText("was cancelled");
});

test("A customer who clicks twice and reloads has it done once, and finds the card as it ended", async ({
  page,
}) => {
  const number = await askToCancel(page, "Ivo Lang");
  await confirm(page).dblclick();
  await expect(card(page, number)).not.toContainText("Nothing happens before you confirm");
  await page.reload();
  await expect(card(page, number)).toContainText(`Order ${number} was cancelled`);
  await expect(confirm(page)).toHaveCount(0);
  await expect(answers(page)).toHaveCount(2);
  await page.reload();
  await expect(card(page, number)).toContainText(`Order ${number} was cancelled`);
  await expect(answers(page)).toHaveCount(2);
});

test("A lead who takes over closes what the assistant asked, and both read that nothing was done", async ({
  page,
  arrive,
}) => {
  const number = await askToCancel(page, "Lea Moser");
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  await expect(card(lead, number)).toContainText("Waits for the customer");
  await takeOver(lead);
  for (const screen of [page, lead]) {
    await expect(card(screen, number)).toContainText("Closed, because a person joined");
    await expect(confirm(screen)).toHaveCount(0);
  }
  await expect(await openChatAgain(page)).toContainText("Nothing was done");
});

async function openChatAgain(page: Page) {
  await page.reload();
  return page.getByRole("region", { name: /^Cancel order/ });
}
