import type { Locator, Page } from "@playwright/test";
import { expect } from "@/e2e/fixtures";

/** The demo's people, as scripts/seed makes them. */
export const people = {
  maya: { email: "maya@example.com", password: "fellside-maya" },
  jonas: { email: "jonas@example.com", password: "fellside-jonas" },
  lead: { email: "lead@example.com", password: "fellside-lead" },
  admin: { email: "admin@example.com", password: "fellside-admin" },
} as const;

export async function signIn(page: Page, who: keyof typeof people, next = ""): Promise<void> {
  await page.goto(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  await page.getByLabel("E-mail").fill(people[who].email);
  await page.getByLabel("Password").fill(people[who].password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** A new customer with a name and an address of their own. */
export async function register(
  page: Page,
  name: string,
): Promise<{ email: string; password: string }> {
  const person = { email: `${crypto.randomUUID()}@example.com`, password: "a walk in the hills" };
  await page.goto("/register");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page).not.toHaveURL(/register/);
  return person;
}

/** Opens the chat and agrees, where that has not been done. */
export async function openChat(page: Page): Promise<void> {
  await page.goto("/chat");
  const agree = page.getByRole("button", { name: "Agree and chat" });
  await expect(agree.or(composer(page))).toBeVisible();
  if (await agree.isVisible()) {
    await agree.click();
  }
  await expect(composer(page)).toBeVisible();
}

export function composer(page: Page): Locator {
  return page.getByLabel("Your message");
}

export function answers(page: Page): Locator {
  return page.getByRole("article", { name: "Answer", exact: true });
}

/** Writes a message and waits until it stands in the conversation as sent. */
export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  const mine = page.getByRole("article", { name: "You wrote" }).filter({ hasText: text }).last();
  await expect(mine).toContainText("Sent");
}

/** Writes a message and returns the finished answer to it. */
export async function ask(page: Page, text: string): Promise<Locator> {
  const before = await answers(page).count();
  await write(page, text);
  await expect(answers(page)).toHaveCount(before + 1, { timeout: 20_000 });
  return answers(page).last();
}
