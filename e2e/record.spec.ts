import { readFile } from "node:fs/promises";
import { expect, test } from "@/e2e/fixtures";

test("An admin reads the record of processing and takes it along as a file", async ({ arrive }) => {
  const admin = await arrive("admin");
  await admin.goto("/admin/record");
  const table = admin.getByRole("table", { name: "Processing activities" });
  await expect(table.getByRole("rowheader", { name: /^What was said/ })).toBeVisible();
  const link = admin.getByRole("link", { name: "Download JSON" });
  const [download] = await Promise.all([admin.waitForEvent("download"), link.click()]);
  const record = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(record.activities.length).toBeGreaterThan(15);
  expect(record.controller.name).toBeTruthy();
  const lead = await arrive("lead");
  expect((await lead.request.get("/admin/record/download?as=csv")).status()).toBe(403);
});
