import { expect, type Page } from "@playwright/test";

/** Opens a request for somebody who asked by mail, as an admin does. */
export async function openRequest(
  admin: Page,
  who: string,
  what: "A copy of their data" | "Erasure",
): Promise<void> {
  await admin.goto("/admin/requests");
  await admin.getByRole("button", { name: "Open a request" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Who").fill(who);
  await dialog.getByRole("radio", { name: what }).check();
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await expect(admin).toHaveURL(/\/admin\/requests\/[0-9a-f-]{36}/);
}

/** Approves an erasure that somebody else opened, with the first letters of the pseudonym. */
export async function approveErasure(admin: Page): Promise<void> {
  await admin.getByRole("button", { name: "Erase this customer" }).click();
  const dialog = admin.getByRole("alertdialog");
  const sure = dialog.getByRole("button", { name: "Erase this customer" });
  await expect(sure).toBeDisabled();
  const field = dialog.getByLabel(/^Type [0-9a-f]{6} to confirm$/);
  const label = await dialog.getByText(/^Type [0-9a-f]{6} to confirm$/).textContent();
  await field.fill(label?.slice(5, 11) ?? "");
  await sure.click();
}

/** Asks for a copy of one's data on the privacy page, with the password where there is one. */
export async function askForCopy(page: Page, password?: string): Promise<void> {
  await page.goto("/privacy");
  await page.getByRole("link", { name: "Ask for a copy …" }).click();
  if (password) {
    await page.getByLabel("Your password").fill(password);
  }
  await page.getByRole("button", { name: "Ask for a copy" }).click();
}

/** Types the code that a request shows on its page, and confirms it. */
export async function confirmByCode(page: Page, what: string): Promise<void> {
  const shown = page.getByRole("listitem").filter({ hasText: what });
  const code = await shown.getByText(/^\d{6}$/).innerText();
  await shown.getByLabel(`Code for: ${what}`).fill(code);
  await shown.getByRole("button", { name: "Confirm" }).click();
}
