import { expect, type Page } from "@playwright/test";

/** Opens a request for somebody who asked by mail, as an admin does. */
export async function openRequest(
  admin: Page,
  email: string,
  what: "A copy of their data" | "Erasure",
) {
  await admin.goto("/admin/requests");
  await admin.getByRole("button", { name: "Open a request" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Who").fill(email);
  await dialog.getByRole("radio", { name: what }).check();
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await expect(admin).toHaveURL(/\/admin\/requests\/[0-9a-f-]{36}/);
}
