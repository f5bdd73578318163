import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { startWarehouse } from "@/e2e/mcp-server";

test("An admin connects a system, chooses what the assistant may use, and removes it", async ({
  arrive,
}) => {
  const warehouse = await startWarehouse("shelf-key");
  const admin = await arrive("admin");
  const name = `w${crypto.randomUUID().slice(0, 8)}`;
  await admin.goto("/admin/connectors");
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("Address").fill(warehouse.url);
  await admin.getByLabel("Secret").fill("shelf-key");
  await admin.getByRole("button", { name: "Connect" }).click();
  const card = admin.locator("section").filter({ has: admin.getByRole("heading", { name }) });
  await expect(card.getByText("Answers")).toBeVisible();
  await expect(card.getByLabel("The assistant may use find_parcel")).not.toBeChecked();
  await expect(card.getByLabel("open_claim changes something")).toBeChecked();
  await expectAccessible(admin);
  await card.getByLabel("The assistant may use find_parcel").check();
  await card.getByRole("button", { name: `Save what ${name} may do` }).click();
  await expect(card.getByText("Saved.")).toBeVisible();
  await admin.reload();
  await expect(card.getByLabel("The assistant may use find_parcel")).toBeChecked();
  expect(await admin.content()).not.toContain("shelf-key");
  warehouse.close();
  await card.getByRole("button", { name: `Test ${name}` }).click();
  await expect(card.getByText("The connected system cannot be reached.")).toBeVisible();
  await card.getByRole("button", { name: `Remove ${name}` }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(card).toHaveCount(0);
});
