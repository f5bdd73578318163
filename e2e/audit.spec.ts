import { readFile } from "node:fs/promises";
import { expect, test } from "@/e2e/fixtures";
import { newCustomer } from "@/e2e/support/desk";
import { openRequest } from "@/e2e/support/requests";

test("An admin finds who did what in the audit log, takes it as a file, and sees that nobody changed it", async ({
  arrive,
}) => {
  const { email } = await newCustomer(arrive, "Ada Brook");
  const admin = await arrive("admin");
  await openRequest(admin, email, "A copy of their data");
  const pseudonym = await admin
    .getByText(/^[0-9a-f]{16}$/)
    .first()
    .innerText();
  await expect(async () => {
    await admin.goto(`/admin/audit?user=${pseudonym}`);
    await expect(admin.getByRole("rowheader", { name: /request/i }).first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await expect(admin.getByRole("table", { name: "Audit entries" })).not.toContainText("Ada");
  await admin.getByLabel("What").selectOption({ label: "Request opened" });
  await admin.getByRole("button", { name: "Filter" }).click();
  await expect(admin).toHaveURL(/action=request_opened/);
  const entries = admin.getByRole("table", { name: "Audit entries" });
  await expect(entries.getByRole("rowheader")).toHaveCount(1);
  await expect(entries).toContainText(pseudonym);
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("link", { name: "Download as CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`,${pseudonym},request_opened,`);
  await admin.getByRole("button", { name: "Verify the whole log" }).click();
  await expect(admin.getByText("The log is whole")).toBeVisible({ timeout: 20_000 });
});
