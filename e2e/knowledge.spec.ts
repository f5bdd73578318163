import { expect, test } from "@/e2e/fixtures";
import { ask, openChat } from "@/e2e/support/people";

const letters = () => crypto.randomUUID().replace(/[^a-f]/g, "");

test("An admin imports pages, publishes one, and a customer opens what the answer rests on without leaving the chat", async ({
  page,
  arrive,
}) => {
  const place = `Kvik${letters()}`;
  const admin = await arrive("admin");
  await admin.goto("/admin/articles");
  await admin.getByRole("link", { name: "Import" }).click();
  await admin.getByLabel("Files").setInputFiles([
    {
      name: `${place}.html`,
      mimeType: "text/html",
      buffer: Buffer.from(
        `<main><h1>Renting skis in ${place}</h1><script>alert(1)</script><p>Our rental desk in ${place} rents skis for 31 euros a day.</p></main>`,
      ),
    },
    { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("x") },
    { name: "broken.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF") },
  ]);
  await admin.getByRole("button", { name: "Import" }).click();
  await expect(admin.getByText("Done: 3 of 3 files")).toBeVisible();
  await expect(admin.getByRole("progressbar", { name: "Import" })).toHaveAttribute(
    "aria-valuenow",
    "3",
  );
  await expect(admin.getByText("2 files failed")).toBeVisible();
  await expect(admin.getByText(/broken\.pdf: It is damaged/)).toBeVisible();
  await admin.getByRole("link", { name: `Renting skis in ${place}` }).click();
  await expect(admin.getByText("Draft", { exact: true })).toBeVisible();
  await expect(admin.getByRole("region", { name: "Preview" })).toContainText("31 euros");
  await admin.getByLabel("Text").fill(`Our rental desk in ${place} rents skis for 29 euros a day.`);
  await admin.getByRole("button", { name: "Save a new version" }).click();
  await admin.getByText("Version 2", { exact: true }).click();
  await expect(admin.getByRole("region", { name: "Changes from version 1" })).toContainText("29");
  await admin.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(admin.getByRole("link", { name: "View as a customer" })).toBeVisible();
  await openChat(page);
  const answer = await ask(page, `What does renting skis in ${place} cost?`);
  await answer.getByRole("link", { name: new RegExp(place) }).click();
  const passages = page.getByRole("dialog", { name: new RegExp(place) });
  await expect(passages.getByRole("blockquote")).toContainText("29 euros a day");
  await page.keyboard.press("Escape");
  await expect(passages).toHaveCount(0);
  await expect(page).toHaveURL(/\/chat/);
});

test("A lead sees a question that no article answers, and writes the draft of one from it", async ({
  page,
  arrive,
}) => {
  const thing = `zq${letters()}${letters()}`;
  await openChat(page);
  await ask(page, `What is your policy on ${thing}?`);
  const lead = await arrive("lead");
  await lead.goto("/desk/knowledge");
  const question = lead.getByRole("listitem").filter({ hasText: thing });
  await question.getByRole("link", { name: "Write the article" }).click();
  await expect(lead.getByLabel("Title")).toHaveValue(`What is your policy on ${thing}?`);
  await lead.getByLabel("Text").fill(`We have no ${thing}, and nobody has asked for one before.`);
  await lead.getByRole("button", { name: "Save as a draft" }).click();
  await expect(lead.getByText("The draft is saved.", { exact: false })).toBeVisible();
  await expect(question).toHaveCount(0);
});
