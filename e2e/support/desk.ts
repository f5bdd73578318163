import { expect, type Locator, type Page } from "@playwright/test";
import type { Arrive } from "@/e2e/fixtures";
import { type Credentials, register } from "@/e2e/support/people";

/** The inbox's row of a conversation, which carries its address. */
export function rowOf(desk: Page, conversationId: string): Locator {
  return desk
    .getByRole("article")
    .filter({ has: desk.locator(`a[href="/desk/${conversationId}"]`) });
}

/** Opens a conversation at the desk. */
export async function openAtDesk(desk: Page, conversationId: string): Promise<void> {
  await desk.goto(`/desk/${conversationId}`);
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("Customer");
}

/** Takes the open conversation over; from then on it is this lead's to answer. */
export async function takeOver(desk: Page): Promise<void> {
  await desk.getByRole("button", { name: "Take over" }).click();
  await expect(desk.getByLabel("Your answer to the customer")).toBeVisible();
}

/** Answers the customer of the open conversation. */
export async function answer(desk: Page, text: string): Promise<void> {
  await desk.getByLabel("Your answer to the customer").fill(text);
  await desk.getByRole("button", { name: "Send" }).click();
  await expect(
    desk.getByRole("article", { name: "A person answered" }).filter({ hasText: text }),
  ).toBeVisible();
}

/** Adds a note to the open conversation. */
export async function addNote(desk: Page, text: string): Promise<void> {
  await desk.getByRole("button", { name: "Internal note" }).click();
  await desk.getByLabel("Internal note", { exact: true }).and(desk.getByRole("textbox")).fill(text);
  await desk.getByRole("button", { name: "Add note" }).click();
  await expect(
    desk.getByRole("article", { name: "Internal note" }).filter({ hasText: text }),
  ).toBeVisible();
  await desk.getByRole("button", { name: "Answer", exact: true }).click();
}

/** Makes a one-time link for a new colleague, on an admin's page. */
export async function invite(admin: Page, role: "Support lead" | "Admin"): Promise<string> {
  await admin.goto("/admin/people");
  await admin.getByRole("radio", { name: role }).check();
  await admin.getByRole("button", { name: "Make a link" }).click();
  const link = admin.getByLabel(`Link for a new ${role.toLowerCase()}`);
  await expect(link).toHaveValue(/\/invite\//);
  return await link.inputValue();
}

/** Uses a one-time link: fills in who one is and joins. */
export async function join(page: Page, link: string, name: string): Promise<Credentials> {
  const person = { email: `${crypto.randomUUID()}@example.com`, password: "a desk by the window" };
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: /^(Join|Create the account)$/ }).click();
  await expect(page).toHaveURL(/\/(desk|admin)/);
  return person;
}

/** A colleague of a journey's own, invited by the demo's admin and signed in. */
export async function hire(arrive: Arrive, role: "Support lead" | "Admin", name: string) {
  const admin = await arrive("admin");
  const link = await invite(admin, role);
  const page = await arrive();
  return { page, admin, ...(await join(page, link, name)) };
}

/** A customer of a journey's own, with an account. */
export async function newCustomer(arrive: Arrive, name: string) {
  const page = await arrive();
  return { page, ...(await register(page, name)) };
}
